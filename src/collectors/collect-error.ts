/** What went wrong while collecting a source; the worker stores it with the run. */
const COLLECT_ERROR_CODES = [
  "blocked",
  "dns",
  "connect",
  "timeout",
  "too_large",
  "http_status",
  "encoding",
  "redirect",
  "not_a_feed",
  "no_items",
  "bad_document",
  "bad_expression",
  "robots_disallowed",
  "robots_unreachable",
  "asked_to_wait",
  "cancelled",
] as const;

export type CollectErrorCode = (typeof COLLECT_ERROR_CODES)[number];

export interface CollectErrorDetails {
  /** The status that the site answered with, when it answered. */
  httpStatus?: number;
  /** True when the same request may succeed later without anybody changing anything. */
  retryable?: boolean;
  /** How long the site asked to wait, in milliseconds. */
  retryAfterMs?: number;
  cause?: unknown;
}

/**
 * A source that could not be collected. The message is for the person: what happened, its effect, the next step. NUL is left out of it:
 * PostgreSQL stores none, and a failure that cannot be recorded would fail the whole run.
 */
export class CollectError extends Error {
  readonly code: CollectErrorCode;
  readonly httpStatus?: number;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;

  constructor(code: CollectErrorCode, message: string, details: CollectErrorDetails = {}) {
    super(message.replaceAll("\u0000", ""), { cause: details.cause });
    this.name = "CollectError";
    this.code = code;
    this.httpStatus = details.httpStatus;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
  }
}

export function isCollectErrorCode(text: unknown): text is CollectErrorCode {
  return COLLECT_ERROR_CODES.some((code) => code === text);
}

/** Recognises a CollectError by shape: bundles may hold separate copies of this class. */
export function isCollectError(error: unknown): error is CollectError {
  return error instanceof Error && error.name === "CollectError" && "code" in error && isCollectErrorCode(error.code);
}
