import { z } from "zod";
import { SOURCE_KINDS } from "@/domain/source";
import { SOURCE_ORDERS, type SourceMatch, type SourceOrder, type SourcePageInput } from "@/domain/source-page";

/** Which sources the list shows and in which order; it stands in the address, so that a view can be shared and survives Back. */
export interface SourceListView extends SourceMatch {
  order: SourceOrder;
}

/** What the Sources page shows: one of its two tabs and, under Presets, the form of a preset. */
export interface SourcesView {
  tab: "sources" | "presets";
  /** `new`, a preset's id, or null for the list. */
  preset: string | null;
  list: SourceListView;
}

type Params = Record<string, string | string[] | undefined>;

const presetParam = z.union([z.literal("new"), z.uuid()]);
const kindParam = z.enum(SOURCE_KINDS);
const orderParam = z.enum(SOURCE_ORDERS);
const TEXT_LIMIT = 200;

/** Reads the address leniently: what means nothing shows the list of sources. */
export function sourcesViewOf(params: Params): SourcesView {
  const tab = params.tab === "presets" ? "presets" : "sources";
  return { tab, preset: tab === "presets" ? (presetParam.safeParse(params.preset).data ?? null) : null, list: tab === "sources" ? listOf(params) : EVERYTHING };
}

const EVERYTHING: SourceListView = { order: "name" };

function listOf(params: Params): SourceListView {
  const kind = kindParam.safeParse(params.kind).data;
  const text = typeof params.q === "string" ? params.q.trim().slice(0, TEXT_LIMIT) : "";
  const order = orderParam.safeParse(params.order).data ?? EVERYTHING.order;
  return { order, ...(text && { text }), ...(kind && { kind }), ...(params.show === "failing" && { failing: true }) };
}

/** The address of a list: "/sources?show=failing&q=…". */
export function sourceListHref({ text, kind, failing, order }: SourceListView): string {
  const params = new URLSearchParams();
  if (failing) params.set("show", "failing");
  if (kind) params.set("kind", kind);
  if (text) params.set("q", text);
  if (order !== EVERYTHING.order) params.set("order", order);
  return params.size === 0 ? "/sources" : `/sources?${params}`;
}

/** Whether the list leaves anything out. */
export function isNarrowed({ text, kind, failing }: SourceListView): boolean {
  return Boolean(text || kind || failing);
}

/** What the API is asked for; the page's prefetch and the list must agree on it. */
export function sourcePageInput(view: SourceListView): SourceListView & Pick<SourcePageInput, "limit"> {
  return { ...view, limit: 100 };
}

/** How the list goes on. */
export const SOURCE_PAGING = { getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor };
