import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { trustedOrigins } from "@/auth/trusted-origins";
import { sendStatedLength } from "./answer-length";
import { createHealthAnswers, type HealthOptions } from "./health-listener";
import { type Refusal, refuseRequest } from "./refuse-request";
import { discardForged, setSecurityHeaders } from "./security-headers";

export interface RequestGuardOptions extends HealthOptions {
  baseUrl: string;
  /** Whether every request comes through a proxy that writes the address it saw to the end of X-Forwarded-For. */
  trustProxy: boolean;
  development: boolean;
  next(request: IncomingMessage, response: ServerResponse): void;
}

/** What every request passes before Next sees it: health, headers, size, origin and address. */
export function createRequestGuard(options: RequestGuardOptions): RequestListener {
  const origins = trustedOrigins(options.baseUrl);
  const https = options.baseUrl.startsWith("https://");
  const answeredHealth = createHealthAnswers(options);
  return (request, response) => {
    discardForged(request, options.trustProxy);
    if (answeredHealth(request, response)) return;
    setSecurityHeaders(request, response, { development: options.development, https });
    const refusal = refuseRequest(request, origins);
    if (refusal) return answerRefusal(request, response, refusal);
    sendStatedLength(response);
    // Server components are not told the address; signing in leads back to it.
    request.headers["x-request-path"] = request.url ?? "/";
    options.next(request, response);
  };
}

/** The sentence stands where better-auth's client looks for it, and where tRPC's does. */
function answerRefusal(request: IncomingMessage, response: ServerResponse, { status, code, message, allow }: Refusal): void {
  const error = { json: { message, code: -32_000 - (status % 100), data: { code, httpStatus: status } } };
  const headers = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store", connection: "close" };
  response.writeHead(status, allow === undefined ? headers : { ...headers, allow });
  response.end(JSON.stringify({ message, error }));
  // What is still being sent is not read.
  request.resume();
}
