import { CollectError, isCollectError, isCollectErrorCode } from "./collect-error";
import type { FetchPage } from "./fetch-page";
import { findRefusal, parseRobots, type RobotsRules } from "./robots";
import type { Visit } from "./visit";

interface StoredFailure {
  code: string;
  message: string;
}

/** What is remembered of a site's robots.txt. Ages are in milliseconds. */
interface StoredFile {
  /** Empty where the site has none. Null: it was never read. */
  text: string | null;
  textAgeMs: number | null;
  /** Why reading it failed after that. */
  failure: StoredFailure | null;
  failureAgeMs: number | null;
}

/** Remembers robots.txt files for all processes. An origin is scheme, name and port. */
export interface RobotsStore {
  find(origin: string): Promise<StoredFile | null>;
  saveText(origin: string, text: string): Promise<void>;
  /** What was read before stays known. */
  saveFailure(origin: string, failure: StoredFailure): Promise<void>;
}

const PRODUCT_TOKEN = "Milkrun";
/** RFC 9309, section 2.4: no longer than a day. */
const KEPT_MS = 24 * 3_600_000;
/** A file that keeps us out is read again sooner: nothing else is asked of the site, and its owner may have opened it. */
const REFUSAL_KEPT_MS = 10 * 60_000;
/** For this long a file that could not be read is not asked for again, by anybody. */
const FAILURE_KEPT_MS = 15_000;
/** RFC 9309, section 2.5: no less than this has to be read. */
const MAX_BYTES = 500 * 1024;
const DEADLINE_MS = 10_000;

/** Gives the rules that an address's site has for us. */
export type ReadRobots = (url: URL, visit: Visit) => Promise<RobotsRules>;

/**
 * Reads robots.txt at most once a day for each site, and after a failure no sooner than some seconds later, for all processes together.
 * @throws CollectError `robots_unreachable` while there may be a file that cannot be read: the site then counts as closed (RFC 9309, section
 * 2.3.1.4). Where the site cannot be reached at all, what asking for the address itself would throw.
 */
export function createRobotsReader(store: RobotsStore, fetchPage: FetchPage): ReadRobots {
  async function read(origin: string, known: StoredFile | null, visit: Visit): Promise<string> {
    try {
      const text = await fetchText(fetchPage, origin, visit);
      await store.saveText(origin, text);
      return text;
    } catch (error) {
      const failure = readableFailure(error);
      if (failure.retryable && failure.code !== "asked_to_wait") await store.saveFailure(origin, failure);
      return textDespite(failure, known);
    }
  }

  return async (url, visit) => {
    const known = await store.find(url.origin);
    return parseRobots((known && knownText(known, url)) ?? (await read(url.origin, known, visit)), PRODUCT_TOKEN);
  };
}

/** Null when the file has to be read. Throws what kept it from being read a moment ago. */
function knownText(known: StoredFile, url: URL): string | null {
  const { text, textAgeMs, failure, failureAgeMs } = known;
  if (failure && failureAgeMs !== null && failureAgeMs < FAILURE_KEPT_MS) return textDespite(passingError(failure, FAILURE_KEPT_MS - failureAgeMs), known);
  if (text === null || textAgeMs === null || textAgeMs >= KEPT_MS) return null;
  const isRefused = findRefusal(parseRobots(text, PRODUCT_TOKEN), url) !== null;
  return isRefused && textAgeMs >= REFUSAL_KEPT_MS ? null : text;
}

/** What was read before stands in for a file that a site cannot give at the moment; a site that does not answer at all is not asked for more. */
function textDespite(failure: CollectError, known: StoredFile | null): string {
  if (failure.code !== "robots_unreachable" || known === null || known.text === null) throw failure;
  return known.text;
}

async function fetchText(fetchPage: FetchPage, origin: string, visit: Visit): Promise<string> {
  try {
    const options = { signal: visit.signal, visit: { ...visit, ignoreRobots: true }, deadlineMs: DEADLINE_MS, accept: "text/plain, */*;q=0.5" };
    return decode((await fetchPage(`${origin}/robots.txt`, options)).body);
  } catch (error) {
    if (isCollectError(error) && isAbsence(error)) return "";
    throw error;
  }
}

/** There is none (RFC 9309, sections 2.3.1.2 and 2.3.1.3). A site that is asked too much has not said so. */
function isAbsence({ code, httpStatus = 0 }: CollectError): boolean {
  return code === "redirect" || (code === "http_status" && httpStatus < 500 && httpStatus !== 429);
}

/** Too long a file is cut after its last whole line: half a path would forbid more than the site meant. */
function decode(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, MAX_BYTES)).replaceAll("\0", "");
  return body.length > MAX_BYTES ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
}

/** Sites that answer, but not with a file. */
const NO_FILE: readonly string[] = ["http_status", "encoding", "too_large"];

/** What becomes of a failure to read the file. Throws what is no failure of the site's. */
function readableFailure(error: unknown): CollectError {
  if (!isCollectError(error)) throw error;
  const { code, message, retryable, retryAfterMs = 0 } = error;
  const waitMs = Math.max(FAILURE_KEPT_MS, retryAfterMs);
  if (NO_FILE.includes(code)) return passingError({ code: "robots_unreachable", message: describeUnreachable(message) }, waitMs);
  return retryable ? passingError({ code, message }, waitMs) : error;
}

/** @param message Its first sentence is the reason. */
function describeUnreachable(message: string): string {
  const [reason = ""] = message.split(/\.(?: |$)/, 1);
  return `The site's robots.txt, which says what programs may read, could not be read (${reason}). Nothing is collected until it can be. The next run tries again.`;
}

/** Trying again is worth it once the file is asked for again. */
function passingError({ code, message }: StoredFailure, retryAfterMs: number): CollectError {
  return new CollectError(isCollectErrorCode(code) ? code : "robots_unreachable", message, { retryable: true, retryAfterMs });
}
