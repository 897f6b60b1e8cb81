import type { CollectedItem } from "@/domain/item";
import type { CollectedSource } from "./collector";
import type { FetchedPage } from "./fetch-page";
import type { PageInput } from "./sandbox-tasks";

/** What a parser gets of a page. */
export function pageInput({ body, finalUrl, contentType }: FetchedPage, maxItems: number): PageInput {
  return { body, url: finalUrl, contentType, maxItems: maxItems + 1 };
}

/** What a source gave that is one page. */
export function singlePage(page: FetchedPage, items: CollectedItem[], maxItems: number, title?: string): CollectedSource {
  const kept = items.slice(0, maxItems);
  const truncated = items.length > maxItems;
  const { status, wireBytes, finalUrl } = page;
  return { httpStatus: status, wireBytes, finalUrl, title, items: kept, pages: 1, truncated, isWhole: !truncated, fieldFill: countFilledFields(kept) };
}

export function countFilledFields(items: CollectedItem[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { title, url, publishedAt, fields } of items) {
    for (const [name, value] of Object.entries({ title, url, publishedAt, ...fields })) {
      const filled = value !== undefined && value !== null && value !== "";
      counts.set(name, (counts.get(name) ?? 0) + (filled ? 1 : 0));
    }
  }
  return Object.fromEntries(counts);
}
