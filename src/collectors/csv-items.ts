import { readRows } from "@/domain/csv-rows";
import type { CollectedItem } from "@/domain/item";
import type { CsvConfig } from "@/domain/source";
import { cutText, quote, resolveLink } from "./clean-item";
import { CollectError } from "./collect-error";
import { sniffDialect } from "./csv-dialect";
import { nameColumns, withoutPreamble } from "./csv-header";
import { decodeText } from "./decode-text";
import type { DocumentContext } from "./feed";
import { type ItemDraft, identifyItems } from "./identify-items";
import { readDate } from "./read-date";

export interface ParsedCsv {
  items: CollectedItem[];
}

type Row = string[];
type Choice = (row: Row) => string | undefined;

const DELIMITERS = { auto: undefined, comma: ",", semicolon: ";", tab: "\t", pipe: "|" };
/** Above the table: a header and what stands over it. */
const MORE_ROWS = 21;
/** How files of Excel, new and old, and PDFs begin. */
const BINARY_STARTS = ["PK\u0003\u0004", "\u00D0\u00CF\u0011\u00E0", "%PDF-"];
/** In a message: enough to recognise the table. */
const SHOWN_NAMES = 8;

/** Names of columns, in lower case and with _ for spaces. */
const USUAL_NAMES = {
  key: ["id", "key", "guid", "uuid", "objectid", "url", "link", "href", "permalink"],
  title: ["title", "name", "headline", "subject", "label"],
  link: ["url", "link", "href", "permalink", "website", "homepage"],
  date: ["date", "published", "published_at", "pubdate", "created", "created_at", "timestamp", "datetime", "time", "updated_at"],
};

/**
 * Reads a table in text: CSV, TSV and their relatives. Every row is an item and every cell stays the text that it is. Its time is at the mercy
 * of the document: run this in the sandbox.
 * @throws CollectError `bad_document`; `bad_expression` for a column that is not there.
 */
export function parseCsv(body: Uint8Array, context: DocumentContext, config: CsvConfig): ParsedCsv {
  const text = decodeText(body, context.contentType, "csv").replace(/^\uFEFF/, "");
  refuseOthers(text);
  const { text: table, dialect } = sniffDialect(text, DELIMITERS[config.delimiter]);
  const { maxItems = Number.POSITIVE_INFINITY } = context;
  const { columns, rows } = nameColumns(withoutPreamble(readRows(table, dialect, maxItems + MORE_ROWS)), config.header);
  const toDraft = draftMaker(columns, config, context.url);
  return { items: identifyItems(rows.slice(0, maxItems).map(toDraft), { keepEqualRows: true }) };
}

function refuseOthers(text: string): void {
  const start = text.slice(0, 1000).trimStart();
  const problem = describeOther(start);
  if (problem) throw new CollectError("bad_document", `${problem} Nothing was collected. Check the address.`, { retryable: start === "" });
}

function describeOther(start: string): string | undefined {
  if (start === "") return "The table is empty.";
  if (/^<(?:!doctype|html|head|body|table|div|\?xml|!--)/i.test(start)) return "This is a web page or XML, not a table.";
  if (/^(?:\{\s*"|\[\s*[[{])/.test(start)) return "This is JSON, not a table. Make it a source of the kind JSON API.";
  return BINARY_STARTS.some((bytes) => start.startsWith(bytes)) ? "This is a file of a spreadsheet program or a PDF, not a table in text." : undefined;
}

function draftMaker(columns: string[], config: CsvConfig, base: string): (row: Row) => ItemDraft {
  const choose = (wanted: string) => cellAt(indexOf(columns, wanted));
  const usual = (wanted: string, names: string[]) => (wanted === "" ? cellAt(usualIndex(columns, names)) : choose(wanted));
  const keys = config.keyColumns.length > 0 ? config.keyColumns.map(choose) : [usual("", USUAL_NAMES.key)];
  const [title, link, date] = [
    usual(config.titleColumn, USUAL_NAMES.title),
    usual(config.linkColumn, USUAL_NAMES.link),
    usual(config.dateColumn, USUAL_NAMES.date),
  ];
  const named = Object.entries(config.fields).map(([name, column]): [string, Choice] => [name, choose(column)]);
  const fields = named.length > 0 ? named : columns.map((name, index): [string, Choice] => [name, cellAt(index)]);
  return (row) => ({
    key: keyOf(keys.map((key) => key(row)?.trim() ?? "")),
    title: title(row),
    url: resolveLink(link(row), base),
    publishedAt: readDate(date(row)),
    fields: Object.fromEntries(fields.map(([name, cell]) => [name, cutText(cell(row) ?? "")])),
  });
}

function cellAt(index: number): Choice {
  return (row) => row[index];
}

function usualIndex(columns: string[], names: string[]): number {
  const plain = columns.map((column) => column.toLowerCase().replace(/[\s-]+/g, "_"));
  return names.map((name) => plain.indexOf(name)).find((index) => index !== -1) ?? -1;
}

/** As it is written, or else in other capitals. */
function indexOf(columns: string[], wanted: string): number {
  const exact = columns.indexOf(wanted);
  const index = exact === -1 ? columns.findIndex((column) => column.toLowerCase() === wanted.toLowerCase()) : exact;
  if (index !== -1) return index;
  const known = columns
    .slice(0, SHOWN_NAMES)
    .map((column) => quote(column, 30))
    .join(", ");
  const message = `The table has no column ${quote(wanted)}. It has: ${known}. Nothing was collected. Correct the name of the column.`;
  throw new CollectError("bad_expression", message);
}

/** Several cells stay apart in the key, whatever stands in them. A row without any has none. */
function keyOf(cells: string[]): string | undefined {
  if (cells.every((cell) => cell === "")) return undefined;
  return cells.length === 1 ? cells[0] : JSON.stringify(cells);
}
