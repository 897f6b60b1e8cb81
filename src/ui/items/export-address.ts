import { addressOfConditions } from "@/domain/item-address";
import type { ItemExportQuery } from "@/domain/item-export";
import type { ItemView } from "./item-filter";

/** What the person chooses in the export panel. */
export type ExportChoice = Pick<ItemExportQuery, "format" | "separator"> & {
  /** For Excel: a byte order mark in front. */
  bom: boolean;
  /** Texts that begin like a formula are made harmless. */
  formulaSafe: boolean;
};

export const INITIAL_CHOICE: ExportChoice = { format: "csv", separator: "comma", bom: false, formulaSafe: true };

/** The address of the file with what a view shows: "/api/items/export?format=csv&q=…". What is as the server assumes is left out. */
export function exportAddress(view: ItemView, choice: ExportChoice): string {
  const params = new URLSearchParams({ format: choice.format, ...addressOfConditions(view) });
  if (choice.format === "csv") {
    if (choice.separator !== INITIAL_CHOICE.separator) params.set("separator", choice.separator);
    if (choice.bom) params.set("bom", "1");
    if (!choice.formulaSafe) params.set("formulas", "1");
  }
  return `/api/items/export?${params}`;
}

/** The same for a program, to be copied. */
export function exportCommand(baseUrl: string, address: string): string {
  return `curl --fail -OJ -H "Authorization: Bearer mr_…" "${baseUrl}${address}"`;
}
