import { readRows } from "./csv-rows";

/** A line of a list that a person pasted or chose as a file, from 1. */
export interface ListLine {
  number: number;
  text: string;
}

/** Of one row. */
const MOST_LINES = 50;

/** A row of a table in such a list. */
interface ListRow {
  /** Of its first line. */
  number: number;
  cells: string[];
}

/** The rows of a table with something in them, each with its cells without the spaces around them. Takes time in proportion to the lines. */
export function rowsOfList(lines: readonly ListLine[], delimiter: string): ListRow[] {
  const rows: ListRow[] = [];
  for (let at = 0; at < lines.length; ) {
    const many = linesOfRow(lines, at, delimiter);
    const text = lines.slice(at, at + many).map((line) => line.text);
    const [cells] = readRow(text.join("\n"), delimiter);
    if (cells) rows.push({ number: lines[at]?.number ?? 0, cells });
    at += many;
  }
  return rows;
}

/** In quotation marks a cell may go on on further lines. A mark that nothing closes costs its own line only: people write lists by hand. */
function linesOfRow(lines: readonly ListLine[], at: number, delimiter: string): number {
  let text = lines[at]?.text ?? "";
  for (let many = 1; many <= MOST_LINES; many++) {
    if (text.split('"').length % 2 === 1) return readRow(text, delimiter).length < 2 ? many : 1;
    text += `\n${lines[at + many]?.text ?? ""}`;
  }
  return 1;
}

/** Its cells; of more than one row when the text is more than that, of none where there is nothing in it. */
function readRow(text: string, delimiter: string): string[][] {
  return readRows(text, { delimiter, quote: '"' }, 2).map((cells) => cells.map((cell) => cell.trim().replace(/\s+/g, " ")));
}
