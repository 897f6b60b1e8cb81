import type { SourceKind } from "./source";

/**
 * Whether the list of a source usually holds all that there is. Feeds are windows, which show the newest and let go of the others, and so are
 * most web pages and what an API gives on one page: what scrolled out of them is not gone.
 */
const USUALLY_COMPLETE: Record<SourceKind, boolean> = { feed: false, json_api: false, html_page: false, sitemap: true, csv: true };

/** What of a source says how its list is meant. */
interface Listed {
  kind: SourceKind;
  config: { completeList?: boolean | undefined; pagination?: { type: string } };
}

/** Whether what is not in the source's list any more is gone: as somebody said, or as its kind usually is; an API that is read page by page is read to its end. */
export function listsEverything({ kind, config: { completeList, pagination } }: Listed): boolean {
  return completeList ?? (USUALLY_COMPLETE[kind] || (pagination !== undefined && pagination.type !== "none"));
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
