import type { IncomingHttpHeaders } from "node:http";

const LARGEST_BODY_BYTES = 1_048_576;
const SAFE_METHODS = ["GET", "HEAD"];
/** These change something, and neither pages nor files do: there are no server actions for Next to look for. */
const CHANGING_METHODS = ["POST", "PUT", "PATCH", "DELETE"];
const CHANGING_PATHS = ["/api/trpc/", "/api/auth/"];
/** Next redirects to, or looks for, something else than such an address says; none of ours has any of it. */
const CONTROL_OR_BACKSLASH = /[\p{Cc}\\]/u;

/** Why a request gets no further. `code` is tRPC's word for the status. */
export interface Refusal {
  status: number;
  code: "FORBIDDEN" | "PAYLOAD_TOO_LARGE" | "BAD_REQUEST" | "METHOD_NOT_SUPPORTED" | "UNSUPPORTED_MEDIA_TYPE";
  message: string;
  /** The methods that the address answers, where it does not answer this one. */
  allow?: string;
}

/** What of a request decides. */
interface RequestHead {
  method?: string | undefined;
  url?: string | undefined;
  headers: IncomingHttpHeaders;
}

/** The first reason to refuse a request before anybody looks into it; null when there is none. */
export function refuseRequest(request: RequestHead, origins: readonly string[]): Refusal | null {
  const { method = "", url = "", headers } = request;
  if (Number(headers["content-length"] ?? 0) > LARGEST_BODY_BYTES) {
    return { status: 413, code: "PAYLOAD_TOO_LARGE", message: "The request is larger than 1 MB: send less at once." };
  }
  // A body of unannounced length could be of any; browsers and proxies announce it.
  if (headers["transfer-encoding"] !== undefined) {
    return { status: 411, code: "BAD_REQUEST", message: "The request does not say how long it is: send it with a Content-Length header." };
  }
  if (!SAFE_METHODS.includes(method) && !comesFromUs(headers, origins)) return foreign(origins[0] ?? "");
  // Unpacked it could be of any length, too.
  if (headers["content-encoding"] !== undefined) {
    return { status: 415, code: "UNSUPPORTED_MEDIA_TYPE", message: "The request is compressed: send it as it is." };
  }
  if (!isAnswered(method, url)) return notAnswered(method, url);
  if (!isReadable(url)) return { status: 400, code: "BAD_REQUEST", message: "This address cannot be read. Check the link." };
  // Next would answer 500, and fill the log.
  if (!isRouterState(headers["next-router-state-tree"])) return { status: 400, code: "BAD_REQUEST", message: "This is no request of a page of ours." };
  return null;
}

function isAnswered(method: string, url: string): boolean {
  return SAFE_METHODS.includes(method) || (CHANGING_METHODS.includes(method) && canChange(url));
}

function canChange(url: string): boolean {
  return CHANGING_PATHS.some((path) => url.startsWith(path));
}

function notAnswered(method: string, url: string): Refusal {
  const changing = canChange(url) ? ["POST"] : [];
  const message = `Nothing here answers ${method}. Send ${["GET", ...changing].join(" or ")}.`;
  return { status: 405, code: "METHOD_NOT_SUPPORTED", message, allow: [...SAFE_METHODS, ...changing].join(", ") };
}

function foreign(address: string): Refusal {
  return {
    status: 403,
    code: "FORBIDDEN",
    message: `Nothing was changed, because this page was not opened at Milkrun's own address: open ${address}, or set BASE_URL to the address you use.`,
  };
}

/**
 * Whether a request that changes something was made by a page of ours. Programs send neither header; they may go on as
 * long as they carry no cookie, which a browser would attach for whichever site asks.
 */
function comesFromUs(headers: IncomingHttpHeaders, origins: readonly string[]): boolean {
  if (headers.origin !== undefined) return origins.includes(headers.origin);
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  return headers.cookie === undefined;
}

/** Whether this is a path on this site in UTF-8, as it stands and decoded. `//host` and `http://host/` would lead to another one. */
function isReadable(url: string): boolean {
  const [path = ""] = url.split("?", 1);
  if (!path.startsWith("/") || path.startsWith("//") || CONTROL_OR_BACKSLASH.test(path)) return false;
  try {
    return !CONTROL_OR_BACKSLASH.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}

/** What the page says that it shows already, as encoded JSON; absent in all but Next's own requests. */
function isRouterState(header: string | string[] | undefined): boolean {
  if (header === undefined) return true;
  try {
    return Array.isArray(JSON.parse(decodeURIComponent(String(header))));
  } catch {
    return false;
  }
}
