import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type KnownPage, MOST_KNOWN_PAGES, MOST_VALIDATOR_LENGTH } from "@/domain/source-reading";
import { type CollectError, isCollectError } from "./collect-error";
import type { FetchedPage, FetchPage } from "./fetch-page";

/** Hashing more at once would keep everybody else in the process waiting. */
const HASHED_AT_ONCE = 4 * 1_048_576;

/** A site's answer for an address that it does not have. */
export function isMissing(error: unknown): error is CollectError {
  return isCollectError(error) && (error.httpStatus === 404 || error.httpStatus === 410);
}

/** What sites answer for a page after the last one that they count; where it is not that it is missing, it could also be one that they do not give. */
const BEYOND_LAST = [400, 404, 410, 416, 422];

/** A site's answer for an address at which it has nothing, or gives nothing. */
export function isNotGiven(error: unknown): error is CollectError {
  return isCollectError(error) && BEYOND_LAST.includes(error.httpStatus ?? 0);
}

/** SHA-256 of a page's bytes, in lower-case hexadecimal. */
export async function hashBody(body: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  for (let start = 0; start < body.length; start += HASHED_AT_ONCE) {
    if (start > 0) await nextTurn();
    hash.update(body.subarray(start, start + HASHED_AT_ONCE));
  }
  return hash.digest("hex");
}

/** What a page is known again by. */
export function knownPage(address: string, { etag, lastModified }: Pick<FetchedPage, "etag" | "lastModified">, bodyHash: string | undefined): KnownPage {
  return { address, ...(isKept(etag) && { etag }), ...(isKept(lastModified) && { lastModified }), ...(bodyHash !== undefined && { bodyHash }) };
}

function isKept(validator: string | undefined): boolean {
  return validator !== undefined && validator.length <= MOST_VALIDATOR_LENGTH;
}

/** Notes what a source is read from. */
export interface PageMemory {
  fetchPage: FetchPage;
  /** In the order in which they were asked for; null where they were too many. */
  pages(): KnownPage[] | null;
  /** For how long the first of them stays good by its own words. */
  freshForMs(): number | undefined;
}

/**
 * @param fetched Pages that are there already; each is given out once, instead of asking for it.
 */
export function createPageMemory(fetchPage: FetchPage, fetched: Map<string, FetchedPage>): PageMemory {
  const pages: KnownPage[] = [];
  let freshForMs: number | undefined;

  async function remember(address: string, options: Parameters<FetchPage>[1]): Promise<FetchedPage> {
    try {
      const page = fetched.get(address) ?? (await fetchPage(address, options));
      fetched.delete(address);
      if (pages.length === 0) freshForMs = page.freshForMs;
      pages.push(knownPage(address, page, await hashBody(page.body)));
      return page;
    } catch (error) {
      if (isNotGiven(error)) pages.push({ address });
      throw error;
    }
  }

  return { fetchPage: remember, pages: () => (pages.length > MOST_KNOWN_PAGES ? null : pages), freshForMs: () => freshForMs };
}
