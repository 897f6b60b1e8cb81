import { type ListLine, rowsOfList } from "./list-rows";
import { isOpml, readOpml } from "./opml";

/** One entry of a list of sources that a person pasted or chose as a file. */
export interface SourceEntry {
  /** From 1. */
  line: number;
  /** As it stands there, completed where its beginning is missing. */
  url: string;
  name: string | null;
  /** As it stands there; null: a feed. */
  kind: string | null;
  /** What it says besides, as JSON; null: nothing. */
  config: string | null;
  enabled: boolean;
  /** Names of the request headers whose values it needs, which are in no list. */
  headers: string[];
  /** Whether it is a source of its own although one further up has the same address. */
  sharesAddress: boolean;
  /** Why there is nothing to be read from the entry; null where there is. */
  problem: string | null;
}

type Column = "url" | "name" | "kind";

/** What only lists that Milkrun wrote say of a source. */
const UNSAID = { config: null, enabled: true, headers: [], sharesAddress: false };

/** How tables tell Excel what stands between their cells. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=.?"?(?:\r\n|\r|\n)/i;
const DELIMITERS = ["\t", ";", ","];
/** What the columns of a table are called in the wild. */
const HEADINGS: Record<string, Column> = {
  ...{ url: "url", address: "url", link: "url", feed: "url", "feed url": "url", feed_url: "url", xmlurl: "url", rss: "url" },
  ...{ name: "name", title: "name", text: "name" },
  ...{ kind: "kind", type: "kind" },
};

/**
 * The sources that a text lists: an OPML document, a table (CSV, or with tabs or semicolons) with or without a row of headings, or one address a
 * line with a name behind it if the person likes. Nothing is checked: what is no address is still an entry.
 */
export function readSourceList(text: string): SourceEntry[] {
  if (isOpml(text)) return readOpml(text).map((entry) => ({ ...entry, url: wholeAddress(entry.url) }));
  const lines = text
    .replace(SEPARATOR_LINE, "\n")
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => (line.trim() === "" ? [] : [{ number: index + 1, text: line.replace(/^\uFEFF/, "") }]));
  return readTable(lines) ?? lines.map(readLine);
}

function readLine({ number, text }: ListLine): SourceEntry {
  const [typed = "", ...words] = text.trim().split(/\s+/);
  return { line: number, url: wholeAddress(typed), name: words.join(" ") || null, kind: null, ...UNSAID, problem: null };
}

/** An address without its beginning is taken for https, and one that a browser made for feed readers for what it stands for. */
function wholeAddress(typed: string): string {
  if (typed === "") return "";
  const address = typed.replace(/^feed:(?:\/\/)?(?=https?:)/i, "").replace(/^feed:\/\//i, "https://");
  return /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
}

/** Null when the lines are no table. */
function readTable(lines: readonly ListLine[]): SourceEntry[] | null {
  for (const delimiter of DELIMITERS) {
    const rows = rowsOfList(lines, delimiter);
    const [first] = rows;
    if (!first || first.cells.length < 2) continue;
    const headings = headingsOf(first.cells);
    const columns = headings ?? guessColumns(rows.map(({ cells }) => cells));
    if (columns) return rows.slice(headings ? 1 : 0).map(({ number, cells }) => entryOf(number, cells, columns));
  }
  return null;
}

function entryOf(line: number, cells: readonly string[], columns: readonly (Column | null)[]): SourceEntry {
  const cellOf = (column: Column) => cells[columns.indexOf(column)] || null;
  const url = wholeAddress(cellOf("url") ?? "");
  return { line, url, name: cellOf("name"), kind: cellOf("kind"), ...UNSAID, problem: url === "" ? "This row has no address." : null };
}

function headingsOf(cells: readonly string[]): (Column | null)[] | null {
  const columns = cells.map((cell) => HEADINGS[cell.toLowerCase()] ?? null);
  return columns.includes("url") ? columns : null;
}

/** Without headings: the one column of addresses, and names beside it. A single row may as well be an address with a comma in it. */
function guessColumns(rows: readonly string[][]): (Column | null)[] | null {
  const [first = []] = rows;
  const addresses = first.map(isAddress);
  const isTable = rows.length > 1 && addresses.filter(Boolean).length === 1 && rows.every((cells) => cells.length === first.length);
  if (!isTable) return null;
  const nameAt = addresses.indexOf(false);
  return addresses.map((isOne, index) => {
    if (isOne) return "url";
    return index === nameAt ? "name" : null;
  });
}

function isAddress(cell: string): boolean {
  return /^(?:feed:|https?:)\S+$/i.test(cell);
}
