import type { CsvValue } from "./csv-line";
import type { ExportTable } from "./export-table";
import type { ExportedItem } from "./item-export";
import { createLineReader } from "./json-line";
import { numberText } from "./number-text";
import { escapeXml, FORBIDDEN_IN_XML } from "./xml-text";

/** Rows of one sheet, its head included (Excel's limit, as are the next ones). */
export const MOST_SHEET_ROWS = 1_048_576;
const LONGEST_CELL = 32_767;
/** Beyond so many digits Excel would change a number: it is written as text. */
const EXACT_BELOW = 1e15;
const DAY_MS = 86_400_000;
/** Excel counts days so that 1970-01-01 is this one; before 1900-03-01 its count is not the calendar's. */
const DAY_OF_EPOCH = 25_569;
const FIRST_RIGHT_DAY = 61;

/** The styles of cells, by their place in `xl/styles.xml`. */
const DATE_STYLE = 1;
const HEAD_STYLE = 2;
const DATE = ` s="${DATE_STYLE}"><v>`;

/** One sheet of a workbook, written row by row. Texts are texts, whatever they look like: nothing in it is calculated. */
export interface XlsxSheet {
  start: string;
  /** Rows for these items, each in JSON, below those that were written before. */
  write(lines: readonly string[]): string;
  end: string;
}

const SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** A sheet with this table's columns; instants are cells that Excel knows for dates, in the zone that the items were read in. */
export function createXlsxSheet({ header, dates, rowOf }: ExportTable, zone: string): XlsxSheet {
  const read = createLineReader<ExportedItem>();
  const dayOf = createDayReader();
  const starts = header.map((_, index) => `<c r="${columnLetters(index)}`);
  let row = 1;
  const rowXml = (cells: readonly CsvValue[], cellXml: (value: CsvValue, start: string, index: number) => string) => {
    const number = numberText(row++);
    let xml = `<row r="${number}">`;
    for (let index = 0; index < cells.length; index++) xml += cellXml(cells[index], `${starts[index]}${number}"`, index);
    return `${xml}</row>`;
  };
  const head = header.map((name, index) => (dates[index] ? `${name} (${zone})` : name));
  const headXml = rowXml(head, (value, start) => textCell(String(value), start, HEAD_STYLE));
  return {
    start:
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${SPREADSHEET}"><sheetViews><sheetView workbookViewId="0">` +
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
      `<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="${Math.max(1, header.length)}" width="20" customWidth="1"/></cols><sheetData>${headXml}`,
    write: (lines) => {
      let xml = "";
      for (const line of lines) xml += rowXml(rowOf(read(line)), (value, start, index) => valueCell(value, start, dates[index] ? dayOf : null));
      return xml;
    },
    end: "</sheetData></worksheet>",
  };
}

/** @param start The cell's element as far as its place: `<c r="A2"`. */
function valueCell(value: CsvValue, start: string, dayOf: DayReader | null): string {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "boolean") return `${start} t="b"><v>${value ? 1 : 0}</v></c>`;
  if (typeof value === "number") return Math.abs(value) < EXACT_BELOW ? `${start}><v>${numberText(value)}</v></c>` : textCell(numberText(value), start);
  const day = dayOf?.(value) ?? null;
  return day === null ? textCell(value, start) : `${start}${DATE}${day}</v></c>`;
}

/** An instant as Excel counts it: days on the zone's own calendar. Null where Excel has no such day. */
type DayReader = (instant: string) => string | null;

/** Remembers the last one: mostly an item was first seen, changed and seen again at the same time. */
function createDayReader(): DayReader {
  let [last, day]: [string, string | null] = ["", null];
  return (instant) => {
    if (instant !== last) [last, day] = [instant, dayText(instant)];
    return day;
  };
}

function dayText(instant: string): string | null {
  const offsetAt = Math.max(instant.lastIndexOf("+"), instant.lastIndexOf("-"), instant.lastIndexOf("Z"));
  const day = Date.parse(`${instant.slice(0, offsetAt)}Z`) / DAY_MS + DAY_OF_EPOCH;
  return day >= FIRST_RIGHT_DAY ? numberText(day) : null;
}

/** Most texts are of these characters only, which stand as they are: one look instead of five. */
const PLAIN = /^[\t\n !#-%'-;=?-^`-\ud7ff\ue000-\ufffd]*$/;
/** Spaces that a reader of XML may take for layout. */
const HAS_SPACES = /^\s|\s$|[\t\n]| {2}/;

/** What most texts stand in. In one piece: each one that a text is put together of takes 32 bytes, and there are millions of cells. */
const TEXT = ' t="inlineStr"><is><t>';

function textCell(text: string, start: string, style?: number): string {
  const short = cut(text);
  const xml = PLAIN.test(short) ? short : escapeXml(inXlsx(short));
  return `${start}${style === undefined && !HAS_SPACES.test(xml) ? TEXT : unusualText(xml, style)}${xml}</t></is></c>`;
}

function unusualText(xml: string, style: number | undefined): string {
  return ` t="inlineStr"${style === undefined ? "" : ` s="${style}"`}><is><t${HAS_SPACES.test(xml) ? ' xml:space="preserve"' : ""}>`;
}

function cut(text: string): string {
  if (text.length <= LONGEST_CELL) return text;
  const note = ` … (cut: the text has ${text.length.toLocaleString("en-US")} characters)`;
  // Never in the middle of a character.
  return text.slice(0, LONGEST_CELL - note.length).replace(/[\ud800-\udbff]$/, "") + note;
}

/** Some readers take a large X for a small one. */
const LOOKS_ESCAPED = /_(?=x[0-9a-f]{4}_)/gi;

/**
 * What XML cannot hold stands as _x0001_ in spreadsheets (ECMA-376, ST_Xstring), and so does a carriage return, which XML would turn into a line feed. What
 * looks so already is kept apart.
 */
function inXlsx(text: string): string {
  return text
    .replace(LOOKS_ESCAPED, "_x005F_")
    .replace(FORBIDDEN_IN_XML, (character) => codeOf(character))
    .replaceAll("\r", "_x000D_");
}

const codeOf = (character: string) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;

/** 0 → "A", 25 → "Z", 26 → "AA" */
function columnLetters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}
