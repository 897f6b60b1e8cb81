import type { KnownPage } from "@/domain/source-reading";
import { isCollectError } from "./collect-error";
import type { FetchedPage, FetchPage } from "./fetch-page";
import { hashBody, isNotGiven, knownPage } from "./page-memory";

/** Bytes of pages that are kept for reading them after all. Beyond, they are asked for once more. */
const MOST_KEPT_BYTES = 20 * 1_048_576;

/** All pages are as they were. */
interface Unchanged {
  isUnchanged: true;
  /** With what the site calls its versions now. */
  pages: KnownPage[];
  first: FetchedPage;
  wireBytes: number;
}

interface Changed {
  isUnchanged: false;
  /** What was sent on the way, by address. */
  fetched: Map<string, FetchedPage>;
}

/**
 * Asks for the pages that a source was read from last time, in the same order, until one is not as it was. A page is as it was where the site
 * says so, or sends the same bytes; or where there was none and still is none.
 * @throws CollectError when the first page cannot be had. A later one that cannot be had has changed: whoever reads the source anew finds out.
 */
export async function revisit(known: readonly KnownPage[], fetchPage: FetchPage, signal: AbortSignal): Promise<Unchanged | Changed> {
  const fetched = new Map<string, FetchedPage>();
  const pages: KnownPage[] = [];
  let [first, wireBytes, keptBytes]: [FetchedPage | undefined, number, number] = [undefined, 0, 0];
  for (const was of known) {
    const page = await ask(was, fetchPage, signal, first === undefined);
    if (page === "not given") {
      pages.push(was);
      continue;
    }
    if (page === "failed") return { isUnchanged: false, fetched };
    first ??= page;
    wireBytes += page.wireBytes;
    keptBytes += page.body.length;
    if (!page.notModified && keptBytes <= MOST_KEPT_BYTES) fetched.set(was.address, page);
    if (!page.notModified && (await hashBody(page.body)) !== was.bodyHash) return { isUnchanged: false, fetched };
    pages.push(confirmed(was, page));
  }
  return first ? { isUnchanged: true, pages, first, wireBytes } : { isUnchanged: false, fetched };
}

async function ask(
  { address, etag, lastModified, bodyHash }: KnownPage,
  fetchPage: FetchPage,
  signal: AbortSignal,
  isFirst: boolean,
): Promise<FetchedPage | "not given" | "failed"> {
  try {
    return await fetchPage(address, { signal, validators: { etag, lastModified } });
  } catch (error) {
    if (bodyHash === undefined && isNotGiven(error)) return "not given";
    if (isFirst || signal.aborted || !isCollectError(error)) throw error;
    return "failed";
  }
}

/** A 304 need not repeat the validators that it confirms. */
function confirmed(was: KnownPage, page: FetchedPage): KnownPage {
  return page.notModified ? { ...was, ...knownPage(was.address, page, was.bodyHash) } : knownPage(was.address, page, was.bodyHash);
}
