import type { CollectedItem } from "@/domain/item";
import type { Pagination } from "@/domain/source";
import { countFilledFields, pageInput } from "./collection";
import type { CollectContext, CollectedSource, Collector, DefinitionOf } from "./collector";
import type { FetchedPage } from "./fetch-page";
import type { ParsedJsonPage } from "./json-items";
import { nextLink } from "./link-header";
import { isMissing, isNotGiven } from "./page-memory";

/** What is known after a page was read. */
interface PageState {
  page: FetchedPage;
  parsed: ParsedJsonPage;
  /** Counted from 1. */
  pages: number;
}

export const jsonApiCollector: Collector<"json_api"> = {
  kind: "json_api",
  accept: "application/json, */*;q=0.5",
  async collect(source, context) {
    const first = await context.fetchPage(firstUrl(source.url, source.config.pagination), { signal: context.signal });
    return await collectPages(source, context, first);
  },
};

async function collectPages(source: DefinitionOf<"json_api">, context: CollectContext, first: FetchedPage): Promise<CollectedSource> {
  const { pagination } = source.config;
  const items = new Map<string, CollectedItem>();
  const visited = new Set([first.finalUrl]);
  let wireBytes = 0;
  let page: FetchedPage | undefined = first;
  let pages = 0;
  let truncated = false;
  let isWhole = true;
  while (page) {
    pages += 1;
    wireBytes += page.wireBytes;
    const parsed: ParsedJsonPage = await parsePage(source, context, page);
    const added = addItems(items, parsed.items);
    const named: string | undefined = nextUrl(source.url, pagination, { page, parsed, pages });
    const next = added === 0 ? undefined : named;
    truncated = items.size > context.maxItems || (next !== undefined && pages >= pageLimit(pagination));
    // A site that names a page twice would be read for ever.
    const isNew = next !== undefined && !visited.has(next);
    isWhole = !truncated && (isLastPage(pagination, { page, parsed, pages }, named) || isNew);
    if (next === undefined || truncated || !isNew) break;
    visited.add(next);
    const following = await fetchFollowing(next, context, pagination);
    isWhole &&= following !== "refused";
    page = typeof following === "string" ? undefined : following;
  }
  const kept = [...items.values()].slice(0, context.maxItems);
  return { httpStatus: first.status, finalUrl: first.finalUrl, wireBytes, pages, truncated, isWhole, items: kept, fieldFill: countFilledFields(kept) };
}

async function parsePage({ config }: DefinitionOf<"json_api">, { parse, signal, maxItems }: CollectContext, page: FetchedPage): Promise<ParsedJsonPage> {
  return await parse("json_page", { ...pageInput(page, maxItems), config }, signal);
}

/** Lists shift while they are read, so pages overlap; the first sight of an item counts. Gives how many items were new. */
function addItems(items: Map<string, CollectedItem>, found: CollectedItem[]): number {
  const before = items.size;
  for (const item of found) if (!items.has(item.key)) items.set(item.key, item);
  return items.size - before;
}

async function fetchFollowing(url: string, context: CollectContext, pagination: Pagination): Promise<FetchedPage | "missing" | "refused"> {
  try {
    return await context.fetchPage(url, { signal: context.signal });
  } catch (error) {
    // Counting pages, there is no other way to learn where the last one was.
    if (pagination.type !== "page_number" || !isNotGiven(error)) throw error;
    return isMissing(error) ? "missing" : "refused";
  }
}

/** Whether the site says that there is no more. Where it only repeats itself, or names a page that is not to be read, that is not known. */
function isLastPage({ type }: Pagination, { page, parsed }: PageState, named: string | undefined): boolean {
  if (type === "none") return nextLink(page.linkHeader, page.finalUrl) === undefined;
  return named === undefined || parsed.items.length === 0;
}

function pageLimit(pagination: Pagination): number {
  return pagination.type === "none" ? 1 : pagination.maxPages;
}

function firstUrl(url: string, pagination: Pagination): string {
  return pagination.type === "page_number" ? withParameter(url, pagination.parameter, String(pagination.firstPage)) : url;
}

function nextUrl(sourceUrl: string, pagination: Pagination, { page, parsed, pages }: PageState): string | undefined {
  switch (pagination.type) {
    case "none":
      return undefined;
    case "link_header":
      return nextLink(page.linkHeader, page.finalUrl);
    case "cursor":
      return parsed.cursor === undefined ? undefined : cursorUrl(sourceUrl, pagination.parameter, parsed.cursor, page.finalUrl);
    case "page_number":
      return withParameter(sourceUrl, pagination.parameter, String(pagination.firstPage + pages * (pagination.step ?? 1)));
  }
}

/** Some APIs give the address of the next page, or the end of it, which the page refers to, where others give a mark to put into the source's. */
function cursorUrl(sourceUrl: string, parameter: string, cursor: string, pageUrl: string): string {
  const isAddress = /^(?:https?:\/\/|\/?[^\s?]*\?[^\s?]+=)/i.test(cursor) && URL.canParse(cursor, pageUrl);
  return isAddress ? new URL(cursor, pageUrl).href : withParameter(sourceUrl, parameter, cursor);
}

function withParameter(text: string, parameter: string, value: string): string {
  const url = new URL(text);
  url.searchParams.set(parameter, value);
  return url.href;
}
