import { z } from "zod";
import type { ItemConditions } from "@/domain/item";
import { addressOfConditions, conditionsOfAddress } from "@/domain/item-address";
import type { SavedView } from "@/domain/saved-view";

/** What the Items page is narrowed to; it stands in the address, so that a view can be shared and survives Back. */
export type ItemView = ItemConditions;

/** What the address of the Items page says: a saved view, what the items are narrowed to, or both once a view was changed. */
export interface ItemsAddress {
  savedViewId?: string | undefined;
  filter: ItemView;
}

type Params = Record<string, string | string[] | undefined>;

const uuid = z.uuid();
const TEXT_LIMIT = 200;

/** Reads the address leniently: what is no filter filters nothing. */
export function itemsAddressOf({ q, view, ...params }: Params): ItemsAddress {
  const filter = conditionsOfAddress({ ...params, q: typeof q === "string" ? q.trim().slice(0, TEXT_LIMIT) : undefined });
  const savedViewId = uuid.safeParse(view).data;
  return { filter, ...(savedViewId && { savedViewId }) };
}

/** The address that `itemsAddressOf` reads: "/items?view=…&q=…". */
export function itemsHref({ savedViewId, filter }: ItemsAddress): string {
  const params = new URLSearchParams({ ...(savedViewId && { view: savedViewId }), ...addressOfConditions(filter) });
  return params.size === 0 ? "/items" : `/items?${params}`;
}

/** The address of items that are narrowed down: "/items?source=…&q=…". */
export function itemViewHref(filter: ItemView): string {
  return itemsHref({ filter });
}

/** Whether anything is left out. */
export function isFiltered(filter: ItemView): boolean {
  return Object.values(filter).some(Boolean);
}

/** What is shown: what the address says, or else what the saved view holds. */
export function shownFilter({ savedViewId, filter }: ItemsAddress, views: readonly SavedView[]): ItemView {
  if (isFiltered(filter)) return filter;
  return views.find(({ id }) => id === savedViewId)?.filter ?? {};
}

/** Whether two filters show the same, in whatever order they are stated. */
export function isSameFilter(one: ItemView, other: ItemView): boolean {
  return itemViewHref(one) === itemViewHref(other);
}

/** The address once the filter is another one: an untouched view is named alone, and one without a filter is left. */
export function addressAfter(filter: ItemView, view: SavedView | undefined): ItemsAddress {
  if (!view || !isFiltered(filter)) return { filter };
  return { savedViewId: view.id, filter: isSameFilter(filter, view.filter) ? {} : filter };
}

/** What the API is asked for; the page's prefetch and the list must agree on it. */
export function itemListInput(view: ItemView): ItemView & { limit: number } {
  return { ...view, limit: 50 };
}

/** How the list goes on. */
export const ITEM_PAGING = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor };
