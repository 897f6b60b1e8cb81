import { formatCount } from "@/ui/display/count";

/** What an export holds: everything that matches, not just the part of the list that is loaded. `count` is null when there are too many to count. */
export function scopeWords(count: number | null, isFiltered: boolean): string {
  const items = count === null ? "All items" : count === 1 ? "The 1 item" : `All ${formatCount(count)} items`;
  const rest = isFiltered ? ` that ${count === 1 ? "matches" : "match"} the current filters` : "";
  return `${items}${rest}, not just this page.`;
}
