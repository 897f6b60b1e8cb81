import { tidyText } from "./clean-item";
import { usualWidth } from "./csv-dialect";
import { readDate } from "./read-date";

/** A table with a name for each column. */
export interface CsvTable {
  columns: string[];
  rows: string[][];
}

const SAMPLE_ROWS = 50;
const MAX_PREAMBLE_ROWS = 20;
const MAX_NAME_LENGTH = 100;

/** Titles and remarks that stand above a table fill fewer cells than its rows. */
export function withoutPreamble(rows: string[][]): string[][] {
  const width = usualWidth(rows.slice(0, 4 * SAMPLE_ROWS));
  const start = rows.slice(0, MAX_PREAMBLE_ROWS).findIndex((row, index) => !isRemark(row, width) && !isComment(rows, index));
  return start > 0 ? rows.slice(start) : rows;
}

/** Comments may hold what stands between cells. The name of a column may begin so, too (`# of units`), but not twice in a row. */
function isComment(rows: string[][], index: number): boolean {
  const [cell = "", next = ""] = [rows[index]?.[0], rows[index + 1]?.[0]];
  return cell.startsWith("##") || (/^#\s/.test(cell) && next.startsWith("#"));
}

/** Of two cells one may be empty in any row. */
function isRemark(row: string[], width: number): boolean {
  const filled = row.filter((cell) => cell.trim() !== "").length;
  return width > 1 && filled < Math.max(2, width / 2) && (width > 2 || row.length < width);
}

/** @param header whether the first row names the columns; `auto` asks whether it looks like the others. */
export function nameColumns(rows: string[][], header: "auto" | "present" | "absent"): CsvTable {
  const hasHeader = header === "present" || (header === "auto" && looksLikeHeader(rows));
  const body = hasHeader ? rows.slice(1) : rows;
  // One at a time: a table may have more rows than a call takes arguments.
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return { columns: columnNames(hasHeader ? (rows[0] ?? []) : [], width), rows: body };
}

/** Columns without a name get a number, and so does each further one of a name. */
function columnNames(header: string[], width: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, index) => {
    const name = tidyText(header[index], MAX_NAME_LENGTH) ?? `column_${index + 1}`;
    let unique = name;
    for (let count = 2; taken.has(unique); count += 1) unique = `${name}_${count}`;
    taken.add(unique);
    return unique;
  });
}

/**
 * Numbers below names speak for a header; numbers below numbers speak against it, and so does a text that comes again below. Where all is text,
 * there usually is one.
 */
function looksLikeHeader([head = [], ...body]: string[][]): boolean {
  const votes = head.map((cell, column) => {
    const cells = body.slice(0, SAMPLE_ROWS).map((row) => row[column] ?? "");
    const below = usualType(cells);
    if (below === undefined) return 0;
    if (below === "text") return cells.filter((other) => other === cell).length > 1 && cell !== "" ? -1 : 0;
    return typeOf(cell) === below ? -1 : 1;
  });
  const balance = votes.reduce((sum: number, vote) => sum + vote, 0);
  return balance === 0 ? head.every((cell) => ["text", undefined].includes(typeOf(cell))) : balance > 0;
}

type CellType = "number" | "year" | "date" | "time" | "address" | "text";

/** Undefined for an empty cell. */
function typeOf(cell: string): CellType | undefined {
  const text = cell.trim();
  if (text === "") return undefined;
  if (/^(?:19|20)\d\d$/.test(text)) return "year";
  if (/^[+-]?[\d.,\s]*\d\s*%?$/.test(text.slice(0, 100))) return "number";
  if (/^\d{1,2}:\d\d(?::\d\d)?$/.test(text)) return "time";
  if (/^https?:\/\//i.test(text)) return "address";
  return /\d/.test(text) && readDate(text) ? "date" : "text";
}

/** The type of nearly all cells of a column; text where they differ, undefined where all are empty. */
function usualType(cells: string[]): CellType | undefined {
  const types = cells.map(typeOf).filter((type) => type !== undefined);
  const usual = types.find((type) => types.filter((other) => other === type).length >= types.length * 0.9);
  return types.length === 0 ? undefined : (usual ?? "text");
}
