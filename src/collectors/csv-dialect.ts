import { type CsvDialect, readRows } from "@/domain/csv-rows";

/**
 * Where two explain a table about equally well, and as many cells stand in quotes, the one that leaves the fewest rows in one piece: a row of names
 * holds no commas of numbers and no semicolons of texts. Of those that are equal in that, too, the first one: numbers hold commas, and texts hold
 * semicolons, more often than the reverse.
 */
const DELIMITERS = ["\t", ";", "|", ","];
const ABOUT_EQUAL = 0.1;
/** What a row counts that lacks its last cells. */
const SHORT_ROW = 0.75;
const SAMPLE_LENGTH = 65_536;
const SAMPLE_ROWS = 200;
/** What Excel writes first, and reads as the delimiter. */
const STATED = /^"?sep=(.)"?(?:\r\n|\r|\n)/i;

/** The text of a table and how it is written. */
export interface SniffedTable {
  text: string;
  dialect: CsvDialect;
}

/** Finds out how a table is written from its first rows; a `delimiter` that is known is taken as it is. */
export function sniffDialect(document: string, delimiter?: string): SniffedTable {
  const stated = STATED.exec(document);
  const text = stated ? document.slice(stated[0].length) : document;
  const sample = wholeRows(text);
  const known = delimiter ?? stated?.[1];
  const candidates = (known === undefined ? DELIMITERS : [known])
    .map((each) => sniffQuotes(sample, each))
    .map((dialect) => ({ dialect, ...shapeOf(readRows(sample, dialect, SAMPLE_ROWS)) }));
  const most = Math.max(...candidates.map(({ regularity: found }) => found));
  const [best] = candidates
    .filter(({ regularity: found }) => found > most - ABOUT_EQUAL)
    .map(({ dialect, unparted }) => ({ dialect, unparted, quoted: surrounded(sample, dialect.delimiter, dialect.quote) }))
    .sort((one, other) => other.quoted - one.quoted || one.unparted - other.unparted);
  return { text, dialect: best && (most > 0 || known !== undefined) ? best.dialect : sniffQuotes(sample, ",") };
}

/** A sample that ends in the middle of a row would make it look irregular. */
function wholeRows(text: string): string {
  if (text.length <= SAMPLE_LENGTH) return text;
  const sample = text.slice(0, SAMPLE_LENGTH);
  const end = Math.max(sample.lastIndexOf("\n"), sample.lastIndexOf("\r"));
  return end > 0 ? sample.slice(0, end) : sample;
}

/** Apostrophes only where they surround cells and quotation marks do not: words hold them, too. */
function sniffQuotes(sample: string, delimiter: string): CsvDialect {
  const quote = surrounded(sample, delimiter, "'") > 1 && surrounded(sample, delimiter, '"') === 0 ? "'" : '"';
  return { delimiter, quote, hasBackslashes: hasBackslashes(sample, delimiter, quote) };
}

/** How many cells stand in such quotes. */
function surrounded(sample: string, delimiter: string, quote: string): number {
  const around = escaped(delimiter);
  return sample.match(new RegExp(`(?<=^|${around})${quote}[^${quote}\\r\\n]*${quote}(?=${around}|\\r?$)`, "gm"))?.length ?? 0;
}

/**
 * A backslash before a mark that ends no cell speaks for them, one before a mark that does is the end of a Windows folder, and doubled marks
 * speak against them.
 */
function hasBackslashes(sample: string, delimiter: string, quote: string): boolean {
  const around = escaped(delimiter);
  const escapes = new RegExp(`\\\\${quote}(?!${quote}|${around}|\\r?$)`, "m");
  const doubles = new RegExp(`(?<=[^\\\\\\r\\n])(?<!${around})${quote}${quote}(?!${around})[^\\r\\n]`);
  return escapes.test(sample) && !doubles.test(sample);
}

function escaped(delimiter: string): string {
  return delimiter.replace(/[\\^$.*+?()[\]{}|]/, "\\$&");
}

interface TableShape {
  /** The share of the rows that have as many cells as most do, of shorter ones a part; 0 where that is one cell. */
  regularity: number;
  /** Rows of one cell. */
  unparted: number;
}

function shapeOf(rows: string[][]): TableShape {
  const width = usualWidth(rows);
  const whole = rows.filter(({ length }) => length === width).length;
  const short = rows.filter(({ length }) => length > 1 && length < width).length;
  return { regularity: width > 1 ? (whole + short * SHORT_ROW) / rows.length : 0, unparted: rows.filter(({ length }) => length === 1).length };
}

/** How many cells most rows have; the larger number of two that are equally frequent. */
export function usualWidth(rows: string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [usual] = [...counts].sort(([width, count], [otherWidth, otherCount]) => otherCount - count || otherWidth - width);
  return usual?.[0] ?? 0;
}
