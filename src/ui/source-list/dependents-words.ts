import type { SourceDependents } from "@/domain/source-bulk";
import { formatCount } from "@/ui/display/count";
import { sourcesWords } from "@/ui/sources/sources-words";

/** What the dialog asks, or why there is nothing to ask. `dependents` are those that are still there; undefined until it is known. */
export function deleteTitle(chosen: number, dependents: readonly Pick<SourceDependents, "presets">[] | undefined): string {
  if (!dependents) return `Delete ${sourcesWords(chosen)}?`;
  const free = dependents.filter(({ presets }) => presets.length === 0).length;
  if (free > 0) return `Delete ${sourcesWords(free)}?`;
  if (dependents.length === 0) return chosen === 1 ? "This source is gone already" : "These sources are gone already";
  return dependents.length === 1 ? "This source is in use" : "These sources are in use";
}

/** What becomes of the items of sources that are deleted, and of what names them. */
export function itemsGoWords(sources: readonly Pick<SourceDependents, "itemCount">[]): string {
  const count = sources.reduce((sum, { itemCount }) => sum + itemCount, 0);
  const [They, Their, them] = sources.length === 1 ? ["It has", "Its", "it"] : ["They have", "Their", "them"];
  const rest = `Past runs still name ${them}. This cannot be undone.`;
  if (count === 0) return `${They} no items. ${rest}`;
  return `${Their} ${count === 1 ? "1 item is" : `${formatCount(count)} items are`} deleted, too. ${rest}`;
}
