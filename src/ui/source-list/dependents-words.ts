import type { SourceDependents } from "@/domain/source-bulk";
import { formatCount } from "@/ui/display/count";

/** What becomes of the items of sources that are deleted, and of what names them. */
export function itemsGoWords(sources: readonly Pick<SourceDependents, "itemCount">[]): string {
  const count = sources.reduce((sum, { itemCount }) => sum + itemCount, 0);
  const [They, Their, them] = sources.length === 1 ? ["It has", "Its", "it"] : ["They have", "Their", "them"];
  const rest = `Past runs still name ${them}. This cannot be undone.`;
  if (count === 0) return `${They} no items. ${rest}`;
  return `${Their} ${count === 1 ? "1 item is" : `${formatCount(count)} items are`} deleted, too. ${rest}`;
}
