import { type ExportTable, exportTable } from "@/domain/export-table";
import type { ItemExportQuery } from "@/domain/item-export";
import { createXlsxSheet, MOST_SHEET_ROWS } from "@/domain/xlsx-sheet";
import { type ZipEntry, zipStream } from "./zip-stream";

/** A sheet's XML is held below what a zip archive without extensions can hold. */
const MOST_SHEET_CHARACTERS = 1_000_000_000;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/**
 * Items as a workbook (ECMA-376), written while they are read. What does not fit on one sheet goes on on the next. The parts that name the
 * sheets come last, when their number is known.
 */
export function writeXlsx(
  query: ItemExportQuery,
  fieldNames: readonly string[],
  pieces: AsyncGenerator<string[], void>,
  mostRows = MOST_SHEET_ROWS,
): AsyncGenerator<Uint8Array, void> {
  return zipStream(workbook({ table: exportTable(query, fieldNames), zone: query.zone, pieces, mostRows }));
}

interface Workbook {
  table: ExportTable;
  zone: string;
  /** Items, each in JSON. */
  pieces: AsyncGenerator<string[], void>;
  mostRows: number;
}

async function* workbook(book: Workbook): AsyncGenerator<ZipEntry, void> {
  let sheets = 0;
  let next: string[] | null = [];
  try {
    while (next) {
      const begun: string[] = next;
      next = null;
      sheets++;
      const content = sheet(book, begun, (left) => {
        next = left;
      });
      yield { name: `xl/worksheets/sheet${sheets}.xml`, content };
    }
    for (const [name, text] of Object.entries(frameOf(sheets))) yield { name, content: once(text) };
  } finally {
    await book.pieces.return();
  }
}

/** One sheet, from a piece that was read already up to the end or to the one that finds no room any more. */
async function* sheet({ table, zone, pieces, mostRows }: Workbook, first: string[], onFull: (left: string[]) => void) {
  const { start, write, end } = createXlsxSheet(table, zone);
  let [rows, characters] = [1, start.length];
  yield start;
  for (let piece: string[] | null = first; piece; piece = await nextOf(pieces)) {
    if (rows + piece.length > mostRows || characters > MOST_SHEET_CHARACTERS) {
      onFull(piece);
      break;
    }
    const text = write(piece);
    rows += piece.length;
    characters += text.length;
    if (text) yield text;
  }
  yield end;
}

async function nextOf(pieces: AsyncGenerator<string[], void>): Promise<string[] | null> {
  const { value, done } = await pieces.next();
  return done ? null : value;
}

async function* once(text: string): AsyncGenerator<string, void> {
  yield text;
}

/** Everything but the sheets. */
function frameOf(sheets: number): Record<string, string> {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const part = (name: string, type: string) => `<Override PartName="${name}" ContentType="${TYPES}.${type}+xml"/>`;
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const sheetName = (number: number) => (number === 1 ? "Items" : `Items ${number}`);
  return {
    "xl/styles.xml": STYLES,
    "xl/workbook.xml":
      `${XML}<workbook xmlns="${SPREADSHEET}" xmlns:r="${RELATIONS}"><sheets>` +
      `${numbers.map((number) => `<sheet name="${sheetName(number)}" sheetId="${number}" r:id="s${number}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels":
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((number) => relation(`s${number}`, "worksheet", `worksheets/sheet${number}.xml`)).join("")}` +
      `${relation("styles", "styles", "styles.xml")}</Relationships>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relation("workbook", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "[Content_Types].xml":
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/>${part("/xl/workbook.xml", "sheet.main")}${part("/xl/styles.xml", "styles")}` +
      `${numbers.map((number) => part(`/xl/worksheets/sheet${number}.xml`, "worksheet")).join("")}</Types>`,
  };
}

/** Plain cells, instants, and the head in bold, in this order. */
const STYLES =
  `${XML}<styleSheet xmlns="${SPREADSHEET}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>' +
  // Some programs warn about a workbook that does not say which of its styles is the usual one.
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
