import { z } from "zod";
import { type CsvOptions, type CsvValue, csvLine } from "./csv-line";
import type { Item, JsonValue } from "./item";
import { itemAddressShape } from "./item-address";

/** What items can be exported as. */
export const EXPORT_FORMATS = ["csv", "json", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const SEPARATORS = { comma: ",", semicolon: ";", tab: "\t" } as const;
export type SeparatorName = keyof typeof SEPARATORS;

/** In an address, a switch is 0 or 1. */
const switchSchema = (initial: "0" | "1") => z.enum(["0", "1"], "Write 0 or 1.").default(initial);

/** The query of `GET /api/items/export`. Its filters have the names that they have in the address of the Items page. */
export const itemExportQuerySchema = z.strictObject({
  format: z.enum(EXPORT_FORMATS, `The format is one of ${EXPORT_FORMATS.join(", ")}.`),
  ...itemAddressShape,
  separator: z.enum(["comma", "semicolon", "tab"], "The separator is comma, semicolon or tab.").default("comma"),
  /** A byte order mark: without it Excel takes UTF-8 for something else. */
  bom: switchSchema("0"),
  formulas: switchSchema("0"),
});
export type ItemExportQuery = z.infer<typeof itemExportQuerySchema>;

/** An item as programs get it: instants in ISO 8601, in UTC. */
export type ExportedItem = Pick<Item, "id" | "sourceId" | "sourceName" | "key" | "title" | "url" | "state" | "timesSeen"> & {
  publishedAt: string | null;
  firstSeenAt: string;
  lastSeenAt: string;
  lastChangedAt: string;
  fields: Record<string, JsonValue>;
};

/** Turns items into the text of a file, piece by piece. */
export interface ExportWriter {
  start: string;
  write(items: readonly ExportedItem[]): string;
  end: string;
}

const CONTENT_TYPES = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" } as const;

export function exportContentType(format: ExportFormat): string {
  return CONTENT_TYPES[format];
}

/** "items_2026-11-23.csv", of one run "items_2026-11-23_run-ab12cd34.csv". The day is UTC's. */
export function exportFileName({ format, run }: Pick<ItemExportQuery, "format" | "run">, at: Date): string {
  const day = at.toISOString().slice(0, 10);
  return `items_${day}${run ? `_run-${run.slice(-8)}` : ""}.${format}`;
}

/**
 * The writer of a format. CSV has a column for each of `fieldNames`; what an item has besides stands as JSON in a last column, so that
 * nothing is lost.
 */
export function createExportWriter(query: ItemExportQuery, fieldNames: readonly string[]): ExportWriter {
  if (query.format === "json") return jsonWriter();
  if (query.format === "jsonl") return { start: "", write: (items) => items.map((item) => `${JSON.stringify(item)}\n`).join(""), end: "" };
  const options = { separator: SEPARATORS[query.separator], formulaSafe: query.formulas === "0" } as const;
  return csvWriter(fieldNames, options, query.bom === "1");
}

function jsonWriter(): ExportWriter {
  let isFirst = true;
  return {
    start: "[",
    write(items) {
      const lead = isFirst ? "\n" : ",\n";
      if (items.length > 0) isFirst = false;
      return items.length > 0 ? lead + items.map((item) => JSON.stringify(item)).join(",\n") : "";
    },
    end: "\n]\n",
  };
}

const OWN_COLUMNS = {
  id: (item) => item.id,
  source: (item) => item.sourceName,
  key: (item) => item.key,
  title: (item) => item.title,
  url: (item) => item.url,
  published_at: (item) => item.publishedAt,
  state: (item) => item.state,
  first_seen_at: (item) => item.firstSeenAt,
  last_changed_at: (item) => item.lastChangedAt,
  last_seen_at: (item) => item.lastSeenAt,
  times_seen: (item) => item.timesSeen,
} as const satisfies Record<string, (item: ExportedItem) => CsvValue>;
const REST_COLUMN = "other_fields";

function csvWriter(fieldNames: readonly string[], options: CsvOptions, bom: boolean): ExportWriter {
  const own = Object.values(OWN_COLUMNS);
  const known = new Set(fieldNames);
  const line = (item: ExportedItem) => [
    ...own.map((read) => read(item)),
    ...fieldNames.map((name) => cellOf(Object.hasOwn(item.fields, name) ? item.fields[name] : undefined)),
    restOf(item, known),
  ];
  const header = [...Object.keys(OWN_COLUMNS), ...fieldNames.map(columnName), REST_COLUMN];
  return {
    start: `${bom ? "\u{feff}" : ""}${csvLine(header, options)}`,
    write: (items) => items.map((item) => csvLine(line(item), options)).join(""),
    end: "",
  };
}

/** A field named like one of our columns is told apart. */
function columnName(field: string): string {
  return Object.hasOwn(OWN_COLUMNS, field) || field === REST_COLUMN ? `field_${field}` : field;
}

function cellOf(value: JsonValue | undefined): CsvValue {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

function restOf({ fields }: ExportedItem, known: ReadonlySet<string>): string | null {
  const rest = Object.entries(fields).filter(([name]) => !known.has(name));
  return rest.length > 0 ? JSON.stringify(Object.fromEntries(rest)) : null;
}
