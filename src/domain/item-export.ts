import { z } from "zod";
import { itemSchema } from "./item";
import { itemAddressShape } from "./item-address";
import { readQuery } from "./read-query";
import { resolveTimeZone } from "./time-zone";

/** What items can be exported as. */
export const EXPORT_FORMATS = ["csv", "xlsx", "json", "jsonl"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const SEPARATORS = { comma: ",", semicolon: ";", tab: "\t" } as const;
export type SeparatorName = keyof typeof SEPARATORS;

/** More columns than an organization's items have fields in an export. */
const MOST_COLUMNS = 300;

/** In an address, a switch is 0 or 1. */
const switchSchema = z.enum(["0", "1"], "Write 0 or 1.").default("0");

/** The query of `GET /api/items/export`. Its filters have the names that they have in the address of the Items page. */
export const itemExportQuerySchema = z.strictObject({
  format: z.enum(EXPORT_FORMATS, `The format is one of ${EXPORT_FORMATS.join(", ")}.`),
  ...itemAddressShape,
  /** These columns, stated once for each; in CSV and XLSX in this order, in JSON what they name of each item. Left out or empty: all. */
  column: z.array(z.string().min(1, "Name the column.").max(200)).max(MOST_COLUMNS, `Choose at most ${MOST_COLUMNS} columns.`).optional(),
  /** The zone that instants are written in, an IANA name. */
  zone: z
    .string()
    .max(100)
    .refine((zone) => resolveTimeZone(zone).ok, "This is no time zone. Write one as Europe/Berlin.")
    .default("UTC"),
  /** For CSV: with their offset, as 2026-11-24T07:00:00+01:00, or as the zone's clocks show them, as 2026-11-24 07:00:00. */
  dates: z.enum(["iso", "local"], "Dates are iso or local.").default("iso"),
  separator: z.enum(["comma", "semicolon", "tab"], "The separator is comma, semicolon or tab.").default("comma"),
  /** A byte order mark: without it Excel takes UTF-8 for something else. */
  bom: switchSchema,
  formulas: switchSchema,
  /** For CSV and JSON Lines: a last line with the number of items and a checksum, without which the file is not complete. */
  end: switchSchema,
});
export type ItemExportQuery = z.infer<typeof itemExportQuerySchema>;

/**
 * The query as an address states it.
 * @throws AppError `validation`
 */
export function readExportQuery(params: URLSearchParams): ItemExportQuery {
  return readQuery(itemExportQuerySchema, params, { effect: "Nothing was exported.", lists: ["column"] });
}

const instant = z.iso.datetime({ offset: true });

/** An item as programs get it: instants in ISO 8601, with the offset of the zone that was asked for. */
export const exportedItemSchema = itemSchema
  .pick({ id: true, sourceId: true, sourceName: true, key: true, title: true, url: true, state: true, timesSeen: true, fields: true })
  .extend({ publishedAt: instant.nullable(), firstSeenAt: instant, lastSeenAt: instant, lastChangedAt: instant });
export type ExportedItem = z.infer<typeof exportedItemSchema>;

const CONTENT_TYPES = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  json: "application/json; charset=utf-8",
  jsonl: "application/jsonl; charset=utf-8",
} as const satisfies Record<ExportFormat, string>;

export function exportContentType(format: ExportFormat): string {
  return CONTENT_TYPES[format];
}

/** "items_2026-11-23.csv", of one run "items_2026-11-23_run-ab12cd34.csv". The day is UTC's. */
export function exportFileName({ format, run }: Pick<ItemExportQuery, "format" | "run">, at: Date): string {
  const day = at.toISOString().slice(0, 10);
  return `items_${day}${run ? `_run-${run.slice(-8)}` : ""}.${format}`;
}
