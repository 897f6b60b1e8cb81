/** How a table is written down as text. */
export interface CsvDialect {
  delimiter: string;
  quote: string;
  /** Within quotations a backslash makes a quotation mark part of the text, as databases write it, and not only a second mark. */
  hasBackslashes?: boolean;
}

interface Cell {
  value: string;
  /** Of the delimiter or the line break after it, or of the text. */
  end: number;
}

/** More columns than any table has; further cells of a row are left out. */
const MAX_COLUMNS = 2_000;

/**
 * The rows of a table in text (RFC 4180, and what spreadsheets write besides), without empty ones, at most `limit`. Quotation marks count
 * where a cell begins with one; a quotation that never ends is read as text, and so is every later one: the rest of the table must not become
 * one cell. Takes time in proportion to what it reads.
 */
export function readRows(text: string, dialect: CsvDialect, limit: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let [at, quotes] = [0, true];
  while (at <= text.length && rows.length < limit) {
    const quoted = quotes ? readQuoted(text, at, dialect) : undefined;
    if (quoted === "endless") quotes = false;
    const { value, end } = typeof quoted === "object" ? quoted : readPlain(text, at, dialect.delimiter);
    if (row.length < MAX_COLUMNS) row.push(value);
    at = end + 1;
    if (text[end] === dialect.delimiter) continue;
    if (text[end] === "\r" && text[at] === "\n") at += 1;
    if (row.some((cell) => cell.trim() !== "")) rows.push(row);
    row = [];
  }
  return rows;
}

function readPlain(text: string, from: number, delimiter: string): Cell {
  const end = endOfCell(text, from, delimiter);
  return { value: text.slice(from, end), end };
}

function endOfCell(text: string, from: number, delimiter: string): number {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end += 1;
  return end;
}

/** Undefined where the cell begins with something else. Spaces before a quotation belong to neither, if nothing follows it. */
function readQuoted(text: string, from: number, { delimiter, quote, hasBackslashes = false }: CsvDialect): Cell | "endless" | undefined {
  let start = from;
  while (text[start] === " ") start += 1;
  if (text[start] !== quote) return undefined;
  const close = closingQuote(text, start + 1, quote, hasBackslashes);
  if (close === -1) return "endless";
  const end = endOfCell(text, close + 1, delimiter);
  const after = text.slice(close + 1, end).trimEnd();
  if (start > from && after !== "") return undefined;
  const quoted = text.slice(start + 1, close).replaceAll(quote + quote, quote);
  return { value: (hasBackslashes ? quoted.replaceAll(`\\${quote}`, quote) : quoted) + after, end };
}

/** -1 when there is none. Two in a row stand for one. */
function closingQuote(text: string, from: number, quote: string, hasBackslashes: boolean): number {
  let at = text.indexOf(quote, from);
  while (at !== -1) {
    if (hasBackslashes && at > from && text[at - 1] === "\\") at = text.indexOf(quote, at + 1);
    else if (text[at + 1] === quote) at = text.indexOf(quote, at + 2);
    else break;
  }
  return at;
}
