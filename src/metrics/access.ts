import { createHash, timingSafeEqual } from "node:crypto";
import { isIPv4 } from "node:net";

/** What decides who asks. `rawHeaders` is what really came: the request guard rewrites the others. */
export interface MetricsRequest {
  rawHeaders: readonly string[];
  socket: { remoteAddress?: string | undefined };
}

/**
 * Whether this request may read the metrics: with the token when there is one, otherwise from this machine. A proxy on this machine
 * brings everybody's requests, so what was passed on, or was meant for another host name, does not count as from here.
 */
export function mayReadMetrics(request: MetricsRequest, token: string | undefined): boolean {
  const headers = readHeaders(request.rawHeaders);
  if (token !== undefined) return sameText(headers.get("authorization") ?? "", `Bearer ${token}`);
  return isLoopback(request.socket.remoteAddress) && !wasPassedOn(headers) && isLoopbackHost(headers.get("host") ?? "");
}

function readHeaders(raw: readonly string[]): Map<string, string> {
  return new Map(raw.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ""] as const] : [])));
}

/** Takes as long for a near miss as for anything else. */
function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function wasPassedOn(headers: Map<string, string>): boolean {
  return [...headers.keys()].some((name) => name.startsWith("x-forwarded-") || ["forwarded", "x-real-ip", "via"].includes(name));
}

function isLoopback(address = ""): boolean {
  const plain = address.replace(/^::ffff:/i, "");
  return address === "::1" || (isIPv4(plain) && plain.startsWith("127."));
}

function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return name === "localhost" || isLoopback(name.replace(/^\[(.*)\]$/, "$1"));
}
