import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { IMAGE_FRAME_PATH } from "@/domain/image-frame";
import { clientAddress } from "./client-address";

/** Next, the rate limiter and the origin check would believe them. Where the pages are, BASE_URL alone says. */
const FORWARDING_HEADERS = ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-forwarded-server", "forwarded", "x-real-ip"];

/** What Next says to itself. From a client each has been, or might become, a way around a check; server actions there are none. */
const NEXT_INTERNAL = /^(x-(middleware|invoke|next|now|vercel|prerender|action|matched)-|x-nextjs-data$|next-(action|resume)$)/;

const FIXED_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  // Not "no-referrer": the browser would then send `Origin: null` with our own forms.
  "Referrer-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
};
/** Of a document without any script, style or name of our pages, which they alone may frame. */
const IMAGE_FRAME_HEADERS = { "X-Frame-Options": "SAMEORIGIN", "Referrer-Policy": "no-referrer" };
/** A year, and no word about sister sites: they are not ours. */
const HTTPS_ONLY = "max-age=31536000";

/**
 * Leaves of the headers that only a proxy or Next may set the client's address, in `x-forwarded-for`: whoever reads it behind the guard may
 * take it for true.
 * @param trustProxy Whether the socket is that of a proxy which writes the address it saw to the end of X-Forwarded-For.
 */
export function discardForged(request: IncomingMessage, trustProxy: boolean): void {
  const { headers, socket } = request;
  const forwardedFor = trustProxy ? String(headers["x-forwarded-for"] ?? "") : undefined;
  for (const name of Object.keys(headers)) if (FORWARDING_HEADERS.includes(name) || NEXT_INTERNAL.test(name)) delete headers[name];
  headers["x-forwarded-for"] = clientAddress(socket.remoteAddress, forwardedFor);
}

/**
 * Sets the response's security headers. The page finds its nonce in the request's `x-nonce`; Next takes the one for its
 * own scripts out of the request's policy.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, options: { development: boolean; https: boolean }): void {
  const nonce = randomBytes(16).toString("base64");
  const isImageFrame = request.url?.split("?")[0] === IMAGE_FRAME_PATH;
  const policy = isImageFrame ? imageFramePolicy(nonce) : contentSecurityPolicy(nonce, options.development);
  request.headers["x-nonce"] = nonce;
  request.headers["content-security-policy"] = policy;
  response.setHeader("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries({ ...FIXED_HEADERS, ...(isImageFrame && IMAGE_FRAME_HEADERS) })) response.setHeader(name, value);
  if (options.https) response.setHeader("Strict-Transport-Security", HTTPS_ONLY);
}

function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Next's development overlay injects styles without a nonce, and a nonce in the list would switch 'unsafe-inline' off.
    `style-src-elem 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // Mantine sets style attributes.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Images of any site and nothing else, as of a stranger: no script, no form, no cookie of ours. */
function imageFramePolicy(nonce: string): string {
  const allowed = ["img-src http: https:", `style-src-elem 'nonce-${nonce}'`];
  return ["default-src 'none'", ...allowed, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'", "sandbox"].join("; ");
}
