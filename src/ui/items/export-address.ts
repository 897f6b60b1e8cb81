import { addressOfConditions } from "@/domain/item-address";
import type { ExportFormat, ItemExportQuery, SeparatorName } from "@/domain/item-export";
import type { ItemView } from "./item-filter";

/** What the person chooses in the export panel. */
export interface ExportChoice {
  format: ExportFormat;
  /** Null: all of them. */
  columns: string[] | null;
  zone: string;
  /** Times as the zone's clocks show them, without their offset. */
  localDates: boolean;
  separator: SeparatorName;
  /** For Excel: a byte order mark in front. */
  bom: boolean;
  /** Texts that begin like a formula are made harmless. */
  formulaSafe: boolean;
}

/** What is chosen at first. The zone is the organization's. */
export function initialChoice(zone: string): ExportChoice {
  return { format: "csv", columns: null, zone, localDates: false, separator: "comma", bom: false, formulaSafe: true };
}

type ExportQuery = Pick<ItemExportQuery, "format"> & Partial<ItemExportQuery>;

/** The query for what a view shows, as the server reads it from an address and from a call. What is as it assumes is left out. */
export function exportQuery(view: ItemView, choice: ExportChoice): ExportQuery {
  const { format, columns, zone, localDates, separator, bom, formulaSafe } = choice;
  const isCsv = format === "csv";
  return {
    format,
    ...addressOfConditions(view),
    ...(columns?.length && { column: columns }),
    ...(zone !== "UTC" && { zone }),
    ...(isCsv && localDates && { dates: "local" }),
    ...(isCsv && separator !== "comma" && { separator }),
    ...(isCsv && bom && { bom: "1" }),
    ...(isCsv && !formulaSafe && { formulas: "1" }),
  } as ExportQuery;
}

/** The address of the file: "/api/items/export?format=csv&q=…". */
export function exportAddress(view: ItemView, choice: ExportChoice): string {
  const { column = [], ...rest } = exportQuery(view, choice);
  const params = new URLSearchParams(rest as Record<string, string>);
  for (const name of column) params.append("column", name);
  return `/api/items/export?${params}`;
}

/** The same for a program, to be copied. In single quotes, in which a shell changes nothing. */
export function exportCommand(baseUrl: string, address: string): string {
  return `curl --fail -OJ -H 'Authorization: Bearer mr_…' '${baseUrl}${address.replaceAll("'", "%27")}'`;
}
