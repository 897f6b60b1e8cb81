import { CollectError } from "./collect-error";

const EXPLANATIONS: Record<number, string> = {
  400: "Bad request. The site did not understand this address. Check its query parameters.",
  401: "Unauthorized. The site asks for a login or key. Use an address that is open to everyone.",
  402: "Payment required. The site gives this page to paying visitors only.",
  403: "Forbidden. The site refuses to show this page. It may not want to be collected automatically.",
  404: "Not found. The site has no page at this address. Check the address, or look for where the page moved.",
  405: "Method not allowed. The site does not allow this address to be read.",
  406: "Not acceptable. The site has no version of this page that can be read here.",
  408: "Request timeout. The site gave up waiting. The next run tries again.",
  410: "Gone. The site removed this page for good. Remove the source or give it a new address.",
  418: "The site refuses automatic visitors.",
  425: "Too early. The next run tries again.",
  429: "Too many requests.",
  451: "Unavailable for legal reasons. The site may not show this page here.",
  500: "Internal server error. The site has a problem of its own. The next run tries again.",
  502: "Bad gateway. The site has a problem of its own. The next run tries again.",
  503: "Service unavailable.",
  504: "Gateway timeout. The site has a problem of its own. The next run tries again.",
};

const RETRYABLE = [408, 425, 429];

/** The error for an answer whose status is not a success. `retryAfterMs` is what the site asked for, if it did. */
export function httpStatusError(status: number, retryAfterMs?: number): CollectError {
  return new CollectError("http_status", `${status} ${explain(status, retryAfterMs)}`, {
    httpStatus: status,
    retryable: status >= 500 || RETRYABLE.includes(status),
    retryAfterMs,
  });
}

function explain(status: number, retryAfterMs?: number): string {
  const known = EXPLANATIONS[status];
  if (status === 429 || status === 503) return `${known} ${explainWait(retryAfterMs)}`;
  if (known) return known;
  if (status >= 500) return "Server error. The site has a problem of its own. The next run tries again.";
  if (status >= 400) return "The site refused the request. Check the address.";
  return "The site gave no page for this address. Check the address.";
}

function explainWait(retryAfterMs?: number): string {
  if (retryAfterMs === undefined) return "The site asked to be left alone for a while. Collect it less often.";
  return `The site asked to wait ${Math.ceil(retryAfterMs / 1000)} s.`;
}

/**
 * Reads a Retry-After header (RFC 9110, section 10.2.3): seconds, or a date relative to `dateHeader`, the site's own clock,
 * falling back to `now`. Undefined when absent or unreadable; never negative.
 */
export function readRetryAfter(header: string | undefined, dateHeader: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const until = Date.parse(header);
  if (Number.isNaN(until)) return undefined;
  const sent = Date.parse(dateHeader ?? "");
  return Math.max(0, until - (Number.isNaN(sent) ? now.getTime() : sent));
}
