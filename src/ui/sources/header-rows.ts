import type { Source } from "@/domain/source";
import { originOf, type SourceHeaderInput } from "@/domain/source-header";

/** One request header in the form. What is stored is never known here, only that there is something. */
export interface HeaderRow {
  /** Keeps a row's identity while rows come and go; never sent. */
  rowId: string;
  name: string;
  /** What was typed. */
  value: string;
  /** Null for a row that is not stored yet. */
  stored: { updatedAt: Date; origin: string } | null;
  /** A new value is being entered in the place of the stored one. */
  replacing: boolean;
}

let lastRow = 0;

/** A row in which nothing has been typed yet. */
export function newHeaderRow(row: Partial<HeaderRow> = {}): HeaderRow {
  lastRow += 1;
  return { rowId: `header-${lastRow}`, name: "", value: "", stored: null, replacing: false, ...row };
}

/** The rows of what is stored. */
export function headerRowsOf({ url, headers }: Pick<Source, "url" | "headers">): HeaderRow[] {
  return headers.map(({ name, updatedAt }) => newHeaderRow({ name, stored: { updatedAt, origin: originOf(url) } }));
}

/** Whether the stored value may not be sent to this address, as it was entered for another site. */
export function isForOtherSite({ stored }: HeaderRow, url: string): boolean {
  return stored !== null && URL.canParse(url) && originOf(url) !== stored.origin;
}

/** Whether the row has an input for its value. */
export function asksForValue(row: HeaderRow, url: string): boolean {
  return row.stored === null || row.replacing || isForOtherSite(row, url);
}

/** The rows as the server takes them, without those in which nothing was typed; a stored value that stays is left out. */
export function headerInput(rows: readonly HeaderRow[], url: string): SourceHeaderInput[] {
  return sentRows(rows).map((row) => (asksForValue(row, url) ? { name: row.name, value: row.value } : { name: row.name }));
}

/** `1.value` of what was sent → the place in the form. */
export function headerPathOf(rows: readonly HeaderRow[], [index, ...rest]: string[]): string {
  const row = sentRows(rows)[Number(index)];
  return row ? ["headers", rows.indexOf(row), ...rest].join(".") : "headers";
}

function sentRows(rows: readonly HeaderRow[]): HeaderRow[] {
  return rows.filter((row) => row.stored !== null || row.name !== "" || row.value !== "");
}
