import type { TestedItem } from "./field-fill";

/** "10 items found" */
export function foundWords(count: number): string {
  return count === 1 ? "1 item found" : `${count} items found`;
}

/** "2 new, 8 known.", of those that are shown; null where there is nothing to compare with. */
export function comparisonWords(items: readonly Pick<TestedItem, "isKnown">[], total: number): string | null {
  if (items.length === 0 || items.some(({ isKnown }) => isKnown === null)) return null;
  const known = items.filter(({ isKnown }) => isKnown).length;
  const words = `${items.length - known} new, ${known} known`;
  return items.length < total ? `Of the first ${items.length}: ${words}.` : `${words}.`;
}
