import type { SourceDefinition, SourceKind } from "./source";

/** Whether the list of a source usually holds all that there is. A feed is a window: it shows the newest and lets go of the others. */
const USUALLY_COMPLETE: Record<SourceKind, boolean> = { feed: false, json_api: true, html_page: true, sitemap: true, csv: true };

/** What of a source says how its list is meant. */
interface Listed {
  kind: SourceKind;
  config: Pick<SourceDefinition["config"], "completeList">;
}

/** Whether what is not in the source's list any more is gone: as somebody said, or as its kind usually is. */
export function listsEverything({ kind, config }: Listed): boolean {
  return config.completeList ?? USUALLY_COMPLETE[kind];
}

/** What was read of a source's list. */
interface ReadList {
  itemCount: number;
  /** Nothing was left out of it. */
  isWhole: boolean;
}

/**
 * Whether this reading tells that what is not in it is gone. Never one that was cut off or lacks a page, and never an empty one: a site that
 * changed its pages, or has a bad day, shows an empty list, and all that was collected would be gone with it.
 */
export function tellsGone(source: Listed, { itemCount, isWhole }: ReadList): boolean {
  return listsEverything(source) && isWhole && itemCount > 0;
}
