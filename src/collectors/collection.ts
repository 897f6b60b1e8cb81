import type { CollectedItem } from "@/domain/item";
import type { Collection } from "./collector";
import type { FetchedPage, Validators } from "./fetch-page";
import type { PageInput } from "./sandbox-tasks";

/** What a parser gets of a page. */
export function pageInput({ body, finalUrl, contentType }: FetchedPage, maxItems: number): PageInput {
  return { body, url: finalUrl, contentType, maxItems: maxItems + 1 };
}

/** The collection of a page that did not change. A 304 need not repeat the validators that it confirms, so `sent` stay valid. */
export function unchangedCollection(page: FetchedPage, sent: Validators | undefined): Collection {
  const validators = { etag: page.etag ?? sent?.etag, lastModified: page.lastModified ?? sent?.lastModified };
  return { ...aboutPage(page), outcome: "not_modified", items: [], validators, pages: 1, truncated: false, isWhole: false, fieldFill: {} };
}

/** The collection of a source that is one page. */
export function singlePageCollection(page: FetchedPage, items: CollectedItem[], maxItems: number, title?: string): Collection {
  const kept = items.slice(0, maxItems);
  const truncated = items.length > maxItems;
  return {
    ...aboutPage(page),
    outcome: "collected",
    title,
    items: kept,
    validators: validatorsOf(page),
    pages: 1,
    truncated,
    isWhole: !truncated,
    fieldFill: countFilledFields(kept),
  };
}

function aboutPage({ status, wireBytes, finalUrl }: FetchedPage) {
  return { httpStatus: status, wireBytes, finalUrl };
}

export function validatorsOf({ etag, lastModified }: FetchedPage): Validators | undefined {
  return etag === undefined && lastModified === undefined ? undefined : { etag, lastModified };
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
