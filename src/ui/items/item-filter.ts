import { z } from "zod";
import type { ItemFilter } from "@/domain/item";

/** What the Items page can be narrowed to; it stands in the address, so that a view can be shared and survives Back. */
export type ItemView = Pick<ItemFilter, "sourceId" | "runId" | "text">;

type Params = Record<string, string | string[] | undefined>;

const uuid = z.uuid();
const TEXT_LIMIT = 200;

/** Reads the address leniently: what is no filter filters nothing. */
export function itemViewOf(params: Params): ItemView {
  const sourceId = uuid.safeParse(params.source).data;
  const runId = uuid.safeParse(params.run).data;
  const text = typeof params.q === "string" ? params.q.trim().slice(0, TEXT_LIMIT) : "";
  return { ...(sourceId && { sourceId }), ...(runId && { runId }), ...(text && { text }) };
}

/** The address of a view: "/items?source=…&q=…". */
export function itemViewHref(view: ItemView): string {
  const params = new URLSearchParams();
  if (view.sourceId) params.set("source", view.sourceId);
  if (view.runId) params.set("run", view.runId);
  if (view.text) params.set("q", view.text);
  return params.size === 0 ? "/items" : `/items?${params}`;
}

/** What the API is asked for; the page's prefetch and the list must agree on it. */
export function itemListInput(view: ItemView): ItemView & { limit: number } {
  return { ...view, limit: 50 };
}

/** How the list goes on. */
export const ITEM_PAGING = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor };
