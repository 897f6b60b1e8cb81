/** How a line of CSV is written. */
export interface CsvOptions {
  separator: "," | ";" | "\t";
  /** Keeps spreadsheets from taking a text for a formula. */
  formulaSafe: boolean;
}

/** What one cell holds. Numbers and yes/no are written bare; null and undefined leave the cell empty. */
export type CsvValue = string | number | boolean | null | undefined;

/** Spreadsheets calculate what begins so, also within quotes (OWASP, "CSV Injection"). */
const FORMULA_START = /^[=+\-@\t\r]/;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * One line with its end, as RFC 4180 has it: a cell with the separator, a quote or a line break in it stands in quotes. With `formulaSafe`
 * a text that a spreadsheet would calculate begins with an apostrophe; plain numbers such as -5 stay as they are.
 */
export function csvLine(values: readonly CsvValue[], { separator, formulaSafe }: CsvOptions): string {
  const cells = values.map((value) => {
    if (typeof value !== "string") return value === null || value === undefined ? "" : String(value);
    return quoted(formulaSafe && FORMULA_START.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value, separator);
  });
  return `${cells.join(separator)}\r\n`;
}

function quoted(text: string, separator: string): string {
  const needed = text.includes(separator) || /["\r\n]/.test(text);
  return needed ? `"${text.replaceAll('"', '""')}"` : text;
}
