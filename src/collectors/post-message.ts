import { Agent } from "undici";
import { systemClock } from "@/domain/clock";
import type { CollectError } from "./collect-error";
import { startDeadline } from "./deadline";
import { readableFetchError } from "./fetch-error";
import { untilAborted } from "./fetch-page";
import { createAddressGuard, type GuardPolicy } from "./guard-address";
import { blockedError, createGuardedConnector } from "./guard-connect";
import { type Answer, discard, headerOf, limitHints } from "./http-exchange";
import { readRetryAfter } from "./http-status";
import { createNameResolver, type ResolveName } from "./resolve-name";

const DEADLINE_MS = 15_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** The beginning of an answer that is kept, in characters; it has up to four bytes for each. */
const KEPT_CHARACTERS = 1_000;
const MOST_HEADER_BYTES = 32 * 1024;
/** An answer that is longer is cut off with its connection. */
const MOST_ANSWER_BYTES = 1_048_576;
const IDLE_CONNECTION_MS = 10_000;

export interface PostRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

/** What came of it. Of an answer, whatever its status; without one, why there is none. */
export type PostOutcome =
  | { kind: "answered"; status: number; answer: string; retryAfterMs?: number; durationMs: number }
  | { kind: "failed"; message: string; retryable: boolean; durationMs: number };

/** Posts a body to an address; follows no redirect. Takes 15 s at most. Rejects only when `signal` is aborted. */
export type PostMessage = (request: PostRequest) => Promise<PostOutcome>;

export interface MessagePosterOptions {
  policy: GuardPolicy;
  userAgent: string;
  resolveName?: ResolveName;
  /** In milliseconds, 15 s unless told. */
  deadlineMs?: number;
}

export interface MessagePoster {
  postMessage: PostMessage;
  close(): Promise<void>;
}

/** The way out for notifications: past the same guard as pages, with connections of its own, so that neither waits for the other. */
export function createMessagePoster({ policy, userAgent, resolveName, deadlineMs = DEADLINE_MS }: MessagePosterOptions): MessagePoster {
  const guard = createAddressGuard(policy);
  const connect = createGuardedConnector({
    guard,
    resolveName: resolveName ?? createNameResolver(),
    allowPrefixes: policy.allowPrefixes,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    maxAnswerBytes: MOST_ANSWER_BYTES,
  });
  const agent = new Agent({
    connect,
    maxHeaderSize: MOST_HEADER_BYTES,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveMaxTimeout: IDLE_CONNECTION_MS,
  });

  async function exchange({ url: text, headers, body }: PostRequest, signal: AbortSignal): Promise<Answer> {
    if (!URL.canParse(text)) throw blockedError("it is not a complete web address");
    const url = new URL(text);
    const verdict = guard.judgeUrl(url);
    if (!verdict.allowed) throw blockedError(verdict.reason);
    const all = { ...headers, "user-agent": userAgent, "accept-encoding": "identity" };
    const path = url.pathname + url.search;
    return untilAborted(agent.request({ origin: url.origin, path, method: "POST", headers: all, body, signal, onInfo: limitHints() }), signal);
  }

  async function postMessage(request: PostRequest): Promise<PostOutcome> {
    const startedMs = performance.now();
    const deadline = startDeadline(deadlineMs);
    const tookMs = () => performance.now() - startedMs;
    try {
      const answer = await exchange(request, AbortSignal.any([request.signal, deadline.signal]));
      const retryAfterMs = readRetryAfter(headerOf(answer, "retry-after"), headerOf(answer, "date"), systemClock.now());
      return { kind: "answered", status: answer.statusCode, answer: await readBeginning(answer), retryAfterMs, durationMs: tookMs() };
    } catch (error) {
      request.signal.throwIfAborted();
      const { code, message } = readableFetchError(error, request.signal, deadline.signal);
      return { kind: "failed", message: sentWords(code, message), retryable: code !== "blocked", durationMs: tookMs() };
    } finally {
      deadline.stop();
    }
  }

  return { postMessage, close: () => agent.destroy() };
}

/**
 * The beginning of the body as text. That it breaks off is no failure: the receiver has taken the message by then. NUL is left out, because
 * PostgreSQL stores none.
 */
async function readBeginning(answer: Answer): Promise<string> {
  const chunks: Buffer[] = [];
  const read = async () => {
    let bytes = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= 4 * KEPT_CHARACTERS) return;
    }
  };
  await read().catch(() => {});
  discard(answer);
  const text = new TextDecoder().decode(Buffer.concat(chunks)).replaceAll("\u0000", "");
  return [...text].slice(0, KEPT_CHARACTERS).join("");
}

/** The guard and the connections speak of pages that are collected. */
function sentWords(code: CollectError["code"], message: string): string {
  if (code === "timeout") return "The receiver took too long to answer. The message may have arrived all the same.";
  return message
    .replace(
      "The site closed the connection before its answer was complete.",
      "The receiver closed the connection before it answered. The message may have arrived all the same.",
    )
    .replaceAll("The site's", "The receiver's")
    .replaceAll("the site", "the receiver")
    .replaceAll("The site", "The receiver")
    .replace(/ Nothing was (?:fetched|collected)\./, "")
    .replace(/ The next run tries again\./, "");
}
