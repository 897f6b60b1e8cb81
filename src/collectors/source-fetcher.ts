import type { SourceDefinition } from "@/domain/source";
import { originOf } from "@/domain/source-header";
import type { SourceLimits } from "@/domain/source-limits";
import type { FetchedPage, FetchOptions, FetchPage } from "./fetch-page";
import { collectors } from "./registry";
import type { RobotsWord } from "./robots";
import type { Visit } from "./visit";

interface SourceFetching {
  visit: Visit;
  /** Sent to the source's own origin only. */
  headers?: Record<string, string>;
  /** Is told of each page that the site gave, before it is read. */
  onPage?: (url: string, page: FetchedPage) => void;
  /** Is told what robots.txt says of each address, before it is asked for. */
  onRobots?: (word: RobotsWord) => void;
}

/** Fetches the pages of one source: within its limits, with its headers, and with the pause between two of them that it sets. */
export function createSourceFetcher(fetchPage: FetchPage, definition: SourceDefinition, fetching: SourceFetching): FetchPage {
  const { visit, headers, onPage, onRobots } = fetching;
  const { limits = {} } = definition.config;
  const own = { accept: collectors[definition.kind].accept, ...fetchLimits(limits), visit: { ...visit, onRobots } };
  const home = headers && originOf(definition.url);
  let asked = 0;
  return async (url, options) => {
    if (asked++ > 0 && limits.pauseSeconds) await visit.rest(limits.pauseSeconds * 1000);
    // The address of a following page comes from the site, or from an expression that somebody typed: it may lead anywhere.
    const goesHome = home !== undefined && URL.canParse(url) && originOf(url) === home;
    const page = await fetchPage(url, { ...options, ...own, ...(goesHome && { headers }) });
    onPage?.(url, page);
    return page;
  };
}

/** How long a request for the source may take, in milliseconds; undefined: as usual. */
export function requestMsOf({ config: { limits } }: SourceDefinition): number | undefined {
  return limits?.seconds === undefined ? undefined : limits.seconds * 1000;
}

function fetchLimits({ seconds, megabytes }: SourceLimits): Pick<FetchOptions, "deadlineMs" | "maxBytes"> {
  return {
    ...(seconds !== undefined && { deadlineMs: seconds * 1000 }),
    ...(megabytes !== undefined && { maxBytes: megabytes * 1_048_576 }),
  };
}
