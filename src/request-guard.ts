import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { trustedOrigins } from "@/auth/trusted-origins";
import { createHealthAnswers, type HealthOptions } from "./health-listener";
import { discardForwarding, setSecurityHeaders } from "./security-headers";

const LARGEST_BODY_BYTES = 1_048_576;
const SAFE_METHODS = new Set(["GET", "HEAD"]);

export interface RequestGuardOptions extends HealthOptions {
  baseUrl: string;
  trustProxy: boolean;
  development: boolean;
  next(request: IncomingMessage, response: ServerResponse): void;
}

/** What every request passes before Next sees it: health, headers, size and origin. */
export function createRequestGuard(options: RequestGuardOptions): RequestListener {
  const origins = trustedOrigins(options.baseUrl);
  const answeredHealth = createHealthAnswers(options);
  return (request, response) => {
    if (!options.trustProxy) discardForwarding(request);
    if (answeredHealth(request, response)) return;
    setSecurityHeaders(request, response, options.development);
    const refusal = refuse(request, origins);
    if (refusal) return answerRefusal(request, response, refusal);
    // Server components are not told the address; signing in leads back to it.
    request.headers["x-request-path"] = request.url ?? "/";
    options.next(request, response);
  };
}

interface Refusal {
  status: number;
  code: "FORBIDDEN" | "PAYLOAD_TOO_LARGE" | "BAD_REQUEST";
  message: string;
}

function refuse({ method, headers }: IncomingMessage, origins: string[]): Refusal | null {
  if (Number(headers["content-length"] ?? 0) > LARGEST_BODY_BYTES) {
    return { status: 413, code: "PAYLOAD_TOO_LARGE", message: "The request is larger than 1 MB: send less at once." };
  }
  // A body of unannounced length could be of any; browsers and proxies announce it.
  if (headers["transfer-encoding"] !== undefined) {
    return { status: 411, code: "BAD_REQUEST", message: "The request does not say how long it is: send it with a Content-Length header." };
  }
  if (SAFE_METHODS.has(method ?? "") || comesFromUs(headers, origins)) return null;
  return {
    status: 403,
    code: "FORBIDDEN",
    message: `Nothing was changed, because this page was not opened at Milkrun's own address: open ${origins[0]}, or set BASE_URL to the address you use.`,
  };
}

/**
 * Whether a request that changes something was made by a page of ours. Programs send neither header; they may go on as
 * long as they carry no cookie, which a browser would attach for whichever site asks.
 */
function comesFromUs(headers: IncomingHttpHeaders, origins: string[]): boolean {
  if (headers.origin !== undefined) return origins.includes(headers.origin);
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  return headers.cookie === undefined;
}

/** The sentence stands where better-auth's client looks for it, and where tRPC's does. */
function answerRefusal(request: IncomingMessage, response: ServerResponse, { status, code, message }: Refusal): void {
  const error = { json: { message, code: -32_000 - (status % 100), data: { code, httpStatus: status } } };
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", connection: "close" });
  response.end(JSON.stringify({ message, error }));
  // What is still being sent is not read.
  request.resume();
}
