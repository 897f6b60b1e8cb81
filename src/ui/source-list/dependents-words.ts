import type { SourceDependents } from "@/domain/source-bulk";
import { formatCount } from "@/ui/display/data-table";

/** What becomes of the items of sources that are deleted. */
export function itemsGoWords(sources: readonly Pick<SourceDependents, "itemCount">[]): string {
  const count = sources.reduce((sum, { itemCount }) => sum + itemCount, 0);
  const [they, Their] = sources.length === 1 ? ["It has", "Its"] : ["They have", "Their"];
  if (count === 0) return `${they} no items.`;
  return count === 1 ? `${Their} 1 item is deleted, too.` : `${Their} ${formatCount(count)} items are deleted, too.`;
}
