import type { ItemConditions } from "@/domain/item";
import { addressOfConditions, conditionsOfAddress } from "@/domain/item-address";

/** What the Items page is narrowed to; it stands in the address, so that a view can be shared and survives Back. */
export type ItemView = ItemConditions;

type Params = Record<string, string | string[] | undefined>;

const TEXT_LIMIT = 200;

/** Reads the address leniently: what is no filter filters nothing. */
export function itemViewOf({ q, ...params }: Params): ItemView {
  return conditionsOfAddress({ ...params, q: typeof q === "string" ? q.trim().slice(0, TEXT_LIMIT) : undefined });
}

/** The address of a view: "/items?source=…&q=…". */
export function itemViewHref(view: ItemView): string {
  const params = new URLSearchParams(addressOfConditions(view));
  return params.size === 0 ? "/items" : `/items?${params}`;
}

/** What the API is asked for; the page's prefetch and the list must agree on it. */
export function itemListInput(view: ItemView): ItemView & { limit: number } {
  return { ...view, limit: 50 };
}

/** How the list goes on. */
export const ITEM_PAGING = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor };
