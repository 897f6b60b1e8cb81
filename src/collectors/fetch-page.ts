import { Agent } from "undici";
import { systemClock } from "@/domain/clock";
import { USUAL_LIMITS } from "@/domain/source-limits";
import { type Deadline, startDeadline } from "./deadline";
import { readableFetchError } from "./fetch-error";
import { freshForMs } from "./fresh-for";
import { createAddressGuard, type GuardPolicy } from "./guard-address";
import { blockedError, createGuardedConnector } from "./guard-connect";
import { type Answer, addressesIn, discard, headerOf, limitHints, redirectError, redirectTarget, requestHeaders } from "./http-exchange";
import { httpStatusError, readRetryAfter } from "./http-status";
import type { Approach } from "./politeness";
import { type BodyLimits, readBody, tooLargeError } from "./read-body";
import { createNameResolver, type ResolveName } from "./resolve-name";
import type { Visit } from "./visit";

/** What the site said about its version of a page; sent back, it saves sending the page again. */
export interface Validators {
  etag?: string;
  lastModified?: string;
}

export interface FetchOptions {
  signal: AbortSignal;
  /** Sent to the page's own origin only, never after a redirect to another one. */
  headers?: Record<string, string>;
  validators?: Validators;
  /** Cap on the bytes sent over the network; the fetcher's own limit unless told. */
  maxBytes?: number;
  /** For everything together: names, connections, redirects and body. Waiting for a host's turn does not count. */
  deadlineMs?: number;
  accept?: string;
  /** Whose turn each request waits for; without it none does. */
  visit?: Visit;
}

export interface FetchedPage extends Validators {
  status: number;
  /** True when the site answered that nothing changed; the body is empty then. */
  notModified: boolean;
  body: Uint8Array;
  contentType?: string;
  /** After redirects. */
  finalUrl: string;
  /** The addresses that redirected, in order. */
  redirects: string[];
  wireBytes: number;
  durationMs: number;
  retryAfterMs?: number;
  linkHeader?: string;
  /** For how long it stays good by its own words. */
  freshForMs?: number;
}

type AnsweredPage = Omit<FetchedPage, "finalUrl" | "redirects" | "durationMs">;

/** Fetches one page. Throws CollectError for everything but a 2xx status or an expected 304. */
export type FetchPage = (url: string, options: FetchOptions) => Promise<FetchedPage>;

export interface FetchLimits extends BodyLimits {
  deadlineMs: number;
  connectTimeoutMs: number;
  maxHeaderBytes: number;
  maxRedirects: number;
}

export const DEFAULT_FETCH_LIMITS: FetchLimits = {
  maxWireBytes: USUAL_LIMITS.megabytes * 1_048_576,
  maxDecodedBytes: 20 * 1_048_576,
  deadlineMs: USUAL_LIMITS.seconds * 1000,
  connectTimeoutMs: 10_000,
  maxHeaderBytes: 32 * 1024,
  maxRedirects: 5,
};

const IDLE_CONNECTION_MS = 10_000;
/** An answer on its way is larger than its body: by little, unless somebody sends it in the smallest of chunks. */
const MOST_FRAMING = 2;

export interface PageFetcherOptions {
  policy: GuardPolicy;
  /** Should contain an address where the site's owner can complain. */
  userAgent: string;
  limits?: Partial<FetchLimits>;
  resolveName?: ResolveName;
  /** Is asked before each request of a visit. */
  approach?: Approach;
}

export interface PageFetcher {
  fetchPage: FetchPage;
  close(): Promise<void>;
}

/** The one door to the web: every request of the program goes through it. Proxies from the environment are not used. */
export function createPageFetcher(options: PageFetcherOptions): PageFetcher {
  const limits = { ...DEFAULT_FETCH_LIMITS, ...options.limits };
  const guard = createAddressGuard(options.policy);
  const { connectTimeoutMs, maxHeaderBytes } = limits;
  const connect = createGuardedConnector({
    guard,
    resolveName: options.resolveName ?? createNameResolver(),
    allowPrefixes: options.policy.allowPrefixes,
    connectTimeoutMs,
    maxAnswerBytes: MOST_FRAMING * limits.maxWireBytes + maxHeaderBytes,
  });
  const agent = new Agent({
    connect,
    maxHeaderSize: maxHeaderBytes,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    // A site may ask to keep its connection for ten minutes otherwise, and each of its names one more.
    keepAliveMaxTimeout: IDLE_CONNECTION_MS,
  });

  function checkUrl(url: URL): void {
    const verdict = guard.judgeUrl(url);
    if (!verdict.allowed) throw blockedError(verdict.reason);
  }

  /** One request, as a visitor of its host: gives the page, or the address that it redirects to. */
  async function ask(url: URL, fetchOptions: FetchOptions, sameOrigin: boolean, deadline: Deadline): Promise<AnsweredPage | URL> {
    checkUrl(url);
    const { visit } = fetchOptions;
    const leave = await deadline.standStill(async () => visit && options.approach?.(url, visit));
    try {
      const asked = await exchange(url, fetchOptions, sameOrigin, deadline);
      await leave?.();
      return asked;
    } catch (error) {
      await leave?.(error);
      throw error;
    }
  }

  async function exchange(url: URL, fetchOptions: FetchOptions, sameOrigin: boolean, deadline: Deadline): Promise<AnsweredPage | URL> {
    const signal = AbortSignal.any([fetchOptions.signal, deadline.signal]);
    try {
      const headers = requestHeaders(options.userAgent, fetchOptions, sameOrigin);
      const request = agent.request({ origin: url.origin, path: url.pathname + url.search, method: "GET", headers, signal, onInfo: limitHints() });
      const answer = await untilAborted(request, signal);
      const next = redirectTarget(answer, url);
      if (!next) return await readAnswer(answer, fetchOptions, limits, signal);
      discard(answer);
      return next;
    } catch (error) {
      throw readableFetchError(error, fetchOptions.signal, deadline.signal);
    }
  }

  async function follow(first: URL, fetchOptions: FetchOptions, deadline: Deadline): Promise<Omit<FetchedPage, "durationMs">> {
    const redirects: string[] = [];
    let url = first;
    let sameOrigin = true;
    for (;;) {
      const asked = await ask(url, fetchOptions, sameOrigin, deadline);
      if (!(asked instanceof URL)) return { ...asked, finalUrl: url.href, redirects };
      redirects.push(url.href);
      if (redirects.length > limits.maxRedirects) throw redirectError(`The site redirects more than ${limits.maxRedirects} times.`);
      // Once dropped, headers stay dropped: a chain may lead back through a foreign origin that chose the address.
      sameOrigin &&= asked.origin === first.origin;
      url = asked;
    }
  }

  async function fetchPage(text: string, fetchOptions: FetchOptions): Promise<FetchedPage> {
    const startedMs = performance.now();
    const deadline = startDeadline(fetchOptions.deadlineMs ?? limits.deadlineMs);
    try {
      const page = await follow(parseUrl(text), fetchOptions, deadline);
      return { ...page, durationMs: performance.now() - startedMs };
    } finally {
      deadline.stop();
    }
  }

  return { fetchPage, close: () => agent.destroy() };
}

/** undici looks at the signal only once it is connected; names and connections would escape the deadline. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text)) throw blockedError("it is not a complete web address");
  const url = new URL(text);
  url.hash = "";
  return url;
}

async function readAnswer(answer: Answer, { validators, maxBytes }: FetchOptions, limits: FetchLimits, signal: AbortSignal): Promise<AnsweredPage> {
  const status = answer.statusCode;
  const retryAfterMs = readRetryAfter(headerOf(answer, "retry-after"), headerOf(answer, "date"), systemClock.now());
  const about = {
    status,
    contentType: headerOf(answer, "content-type"),
    etag: headerOf(answer, "etag"),
    lastModified: headerOf(answer, "last-modified"),
    linkHeader: addressesIn(headerOf(answer, "link")),
    retryAfterMs,
    freshForMs: freshForMs((name) => headerOf(answer, name)),
  };
  const notModified = status === 304 && (validators?.etag ?? validators?.lastModified) !== undefined;
  if (notModified || status < 200 || status > 299) {
    discard(answer);
    if (!notModified) throw httpStatusError(status, retryAfterMs);
    return { ...about, notModified, body: new Uint8Array(), wireBytes: 0 };
  }
  const maxWireBytes = maxBytes ?? limits.maxWireBytes;
  if (Number(headerOf(answer, "content-length")) > maxWireBytes) {
    discard(answer);
    throw tooLargeError(maxWireBytes);
  }
  const { maxDecodedBytes } = limits;
  return { ...about, notModified, ...(await readBody(answer.body, headerOf(answer, "content-encoding"), { maxWireBytes, maxDecodedBytes }, signal)) };
}
