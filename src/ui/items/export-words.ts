import { type LargeExport, MOST_AT_ONCE } from "@/domain/large-export";
import { formatCount } from "@/ui/display/count";
import { formatBytes } from "@/ui/display/format-bytes";

/** "12,480 items" */
export function countWords(count: number): string {
  return count === 1 ? "1 item" : `${formatCount(count)} items`;
}

/** What an export holds besides its number of items: everything that matches, not just the part of the list that is loaded. */
export function scopeWords(count: number, isFiltered: boolean): string {
  return isFiltered ? `that ${count === 1 ? "matches" : "match"} the current filters (not just this page)` : "(everything, not just this page)";
}

/** How many a worksheet holds, its head not counted. */
const MOST_ROWS = 1_048_575;

/** What a person should know before they export so many as this format; null when there is nothing. */
export function exportNote(count: number, format: LargeExport["query"]["format"]): string | null {
  const sheets = Math.ceil(count / MOST_ROWS);
  if (format === "xlsx" && sheets > 1) return `A worksheet holds ${formatCount(MOST_ROWS)} items, so the workbook will have ${sheets} worksheets.`;
  return count > MOST_AT_ONCE ? "So many are written in the background. You can close this panel meanwhile; the file is kept for 7 days." : null;
}

/** What becomes of the columns that were not chosen, where it is not plain from the word; null where it is. */
export function columnNote(format: LargeExport["query"]["format"]): string | null {
  return format === "json" || format === "jsonl" ? "Each item keeps its form. What is not chosen is left out of it." : null;
}

/** How far an export is, or what became of it. */
export function stateWords({ status, total, itemsDone, bytes, message }: LargeExport): string {
  if (status === "queued") return "Waits for a worker.";
  if (status === "running") return progressWords(itemsDone, total);
  if (status === "done") return `${countWords(itemsDone)}, ${formatBytes(bytes)}`;
  if (status === "cancelled") return `Cancelled after ${countWords(itemsDone)}. There is no file.`;
  return message ?? "Failed. There is no file.";
}

/** What a search finds many of is not counted before it is written. */
function progressWords(itemsDone: number, total: number | null): string {
  if (total !== null) return `${formatCount(itemsDone)} of ${countWords(total)}`;
  return itemsDone === 0 ? "Counts the items." : `${countWords(itemsDone)} so far`;
}
