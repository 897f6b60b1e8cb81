import { numberText } from "./number-text";

/** How a line of CSV is written. */
export interface CsvOptions {
  separator: "," | ";" | "\t";
  /** Keeps spreadsheets from taking a text for a formula. */
  formulaSafe: boolean;
}

/** What one cell holds. Numbers and yes/no are written bare; null and undefined leave the cell empty. */
export type CsvValue = string | number | boolean | null | undefined;

/** Spreadsheets calculate what begins so, also within quotes (OWASP, "CSV Injection"). */
const FORMULA_STARTS = "=+-@\t\r";
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;
const QUOTED = { ",": /[",\r\n]/, ";": /[";\r\n]/, "\t": /["\t\r\n]/ } as const;

/**
 * What writes one line with its end, as RFC 4180 has it: a cell with the separator, a quote or a line break in it stands in quotes. With
 * `formulaSafe` a text that a spreadsheet would calculate begins with an apostrophe; plain numbers such as -5 stay as they are.
 */
export function csvLines({ separator, formulaSafe }: CsvOptions): (values: readonly CsvValue[]) => string {
  const quoted = QUOTED[separator];
  const cell = (value: CsvValue): string => {
    if (typeof value === "number") return numberText(value);
    if (typeof value !== "string") return value === null || value === undefined ? "" : String(value);
    const text = formulaSafe && isFormula(value) ? `'${value}` : value;
    return quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  // Joined by hand: an export writes millions of cells, and an array for each line costs a third more.
  return (values) => {
    let line = cell(values[0]);
    for (let index = 1; index < values.length; index++) line += separator + cell(values[index]);
    // Most readers pass over a line with nothing on it.
    return line === "" ? '""\r\n' : `${line}\r\n`;
  };
}

function isFormula(text: string): boolean {
  return text !== "" && FORMULA_STARTS.includes(text.charAt(0)) && !PLAIN_NUMBER.test(text);
}
