import type { RequestListener } from "node:http";
import type { CollectError } from "@/collectors/collect-error";
import { createPageFetcher, type FetchOptions, type PageFetcher, type PageFetcherOptions } from "@/collectors/fetch-page";
import { type LocalSite, startLocalSite } from "./local-site";

/** Sites on this machine and fetchers that may reach them; `close` ends all that were made. */
export interface FetchedSites {
  site(listener: RequestListener): Promise<LocalSite>;
  fetcher(options: Partial<PageFetcherOptions> & Pick<PageFetcherOptions, "policy">): PageFetcher;
  /** What comes of fetching a page of a site that gives every request the same answer. */
  fetchFrom(listener: RequestListener, options?: Partial<FetchOptions>, limits?: PageFetcherOptions["limits"]): ReturnType<PageFetcher["fetchPage"]>;
  close(): Promise<void>;
}

/** Belongs to a fetch that nobody stops. */
export const never = new AbortController().signal;

export function openFetchedSites(): FetchedSites {
  const opened: (PageFetcher | LocalSite)[] = [];
  const sites: FetchedSites = {
    async site(listener) {
      const started = await startLocalSite(listener);
      opened.push(started);
      return started;
    },
    fetcher(options) {
      const created = createPageFetcher({ userAgent: "Milkrun test", ...options });
      opened.push(created);
      return created;
    },
    async fetchFrom(listener, options = {}, limits = {}) {
      const { origin, policy } = await sites.site(listener);
      return await sites.fetcher({ policy, limits }).fetchPage(`${origin}/page`, { signal: never, ...options });
    },
    async close() {
      for (const one of opened.splice(0)) await one.close();
    },
  };
  return sites;
}

/** The error that a fetch ends with. */
export async function fetchFailure(promise: Promise<unknown>): Promise<CollectError> {
  return await promise.then(
    () => {
      throw new Error("it should have failed");
    },
    (error: CollectError) => error,
  );
}
