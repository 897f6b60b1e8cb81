import { isIP } from "node:net";

/**
 * The one address under which a request is counted: the socket's or, behind a trusted proxy, the last of X-Forwarded-For. That is the one
 * which the proxy itself saw; what stands before it came with the request, so whoever asks may have made it up.
 * @param forwardedFor The header, several joined by commas; undefined where no proxy is trusted.
 */
export function clientAddress(socketAddress: string | undefined, forwardedFor: string | undefined): string {
  const last = forwardedFor?.split(",").at(-1) ?? "";
  return readAddress(last) ?? readAddress(socketAddress ?? "") ?? "";
}

/** Proxies write ports and brackets, sockets write zones and IPv4 within IPv6; null for what is no address. */
function readAddress(text: string): string | null {
  const address = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, "$1")
    .replace(/^([\d.]+):\d+$/, "$1")
    .replace(/%.*$/, "")
    .replace(/^::ffff:(?=[\d.]+$)/i, "");
  return isIP(address) ? address : null;
}
