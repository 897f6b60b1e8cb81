import type { SourceTestResult } from "@/domain/source-test";
import { formatCount } from "@/ui/display/count";
import { formatDuration } from "@/ui/time/duration";
import type { TestedItem } from "./field-fill";

/** "10 items found". `isCut`: they are not all. */
export function foundWords(count: number, isCut = false): string {
  const words = count === 1 ? "1 item found" : `${formatCount(count)} items found`;
  return isCut ? `${words}, and there are more` : words;
}

/** What robots.txt says of the address, or why it was not asked; null for what needs no manners. */
export function robotsWords(robots: SourceTestResult["robots"], isIgnored: boolean): string | null {
  if (isIgnored) return "Ignored, as this source says";
  if (!robots) return null;
  if (robots.refusal !== null) return `Keeps programs away from this page (Disallow: ${robots.refusal})`;
  const pause = robots.crawlDelayMs > 0 ? `, with ${formatDuration(robots.crawlDelayMs)} between two requests` : "";
  return robots.isSilent ? `Keeps nobody away${pause}` : `Lets programs read this page${pause}`;
}

/** "2 new, 8 known.", of those that are shown; null where there is nothing to compare with. */
export function comparisonWords(items: readonly Pick<TestedItem, "isKnown">[], total: number): string | null {
  if (items.length === 0 || items.some(({ isKnown }) => isKnown === null)) return null;
  const known = items.filter(({ isKnown }) => isKnown).length;
  const words = `${items.length - known} new, ${known} known`;
  return items.length < total ? `Of the first ${items.length}: ${words}.` : `${words}.`;
}
