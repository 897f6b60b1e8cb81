import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { RESERVED_HEADERS } from "@/domain/source-header";
import { CollectError } from "./collect-error";
import type { FetchOptions } from "./fetch-page";

/** What undici gives as soon as the headers are there, as far as it is looked at. */
export type Answer = Pick<Dispatcher.ResponseData, "statusCode" | "headers"> & { body: Readable };

const REDIRECT_STATUSES = [301, 302, 303, 307, 308];
/** Answers of status 1xx before the real one; sites send one, to name what a browser might load already. */
const MOST_HINTS = 10;

/** The headers of one request. `sameOrigin`: the source's own headers may go along. */
export function requestHeaders(userAgent: string, { headers, validators, accept }: FetchOptions, sameOrigin: boolean): Record<string, string> {
  const own = Object.entries(sameOrigin ? (headers ?? {}) : {}).filter(([name]) => !RESERVED_HEADERS.includes(name.toLowerCase()));
  return {
    ...(isSendable(validators?.etag) ? { "if-none-match": validators.etag } : {}),
    ...(isSendable(validators?.lastModified) ? { "if-modified-since": validators.lastModified } : {}),
    "user-agent": userAgent,
    accept: accept ?? "*/*",
    "accept-encoding": "gzip, deflate, br",
    ...Object.fromEntries(own.map(([name, value]) => [name.toLowerCase(), value])),
  };
}

/** Sites put letters into their headers that nobody may send back; asked without them they send the whole page, and not nothing for ever. */
function isSendable(validator: string | undefined): validator is string {
  return /^[\t\x20-\x7e]+$/.test(validator ?? "");
}

/** Called for each hint before an answer. Throws CollectError `too_large` when there are too many: each costs time, and they may never end. */
export function limitHints(): () => void {
  let hints = 0;
  return () => {
    hints += 1;
    if (hints > MOST_HINTS) throw new CollectError("too_large", "The site's answer begins with too many hints. Nothing was collected. Use another address.");
  };
}

/** The address that an answer redirects to; undefined when it does not. Throws CollectError `redirect` for one that must not be followed. */
export function redirectTarget(answer: Answer, url: URL): URL | undefined {
  const location = addressesIn(headerOf(answer, "location"));
  if (!REDIRECT_STATUSES.includes(answer.statusCode) || location === undefined) return undefined;
  const next = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  if (!next) {
    discard(answer);
    throw redirectError("The site redirects to an address that cannot be read.");
  }
  if (url.protocol === "https:" && next.protocol === "http:") {
    discard(answer);
    throw redirectError("The site redirects from a secure address to an insecure one.");
  }
  next.hash = "";
  return next;
}

/** A header of the answer; repeated ones are joined as RFC 9110, section 5.3, allows. */
export function headerOf(answer: Answer, name: string): string | undefined {
  const value = answer.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** A header that holds addresses. Sites write letters beyond ASCII into them as UTF-8, where headers are read byte by byte. */
export function addressesIn(header: string | undefined): string | undefined {
  if (header === undefined || !/[\u0080-\u00ff]/.test(header)) return header;
  const text = Buffer.from(header, "latin1").toString("utf8");
  return text.includes("\ufffd") ? header : text;
}

/** Gives up the connection rather than reading a body that nobody wants, however long it is. */
export function discard(answer: Answer): void {
  answer.body.on("error", () => undefined);
  answer.body.destroy();
}

/** The error for redirects that are not followed to their end. */
export function redirectError(what: string): CollectError {
  return new CollectError("redirect", `${what} Nothing was collected. Open the address in a browser and use the one that it ends at.`);
}
