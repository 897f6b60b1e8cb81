import { imageFrameDocument } from "@/domain/image-frame";

/**
 * Answers `GET /api/items/images`: a document with the images that its address names, for a frame of the Items page. It tells nothing that
 * the address does not, and its headers allow images alone (`security-headers.ts`); elsewhere than in a frame of our own pages it is not shown.
 */
export function handleImages(request: Request): Response {
  const nonce = request.headers.get("x-nonce") ?? "";
  const html = isOfOurPages(request.headers) ? imageFrameDocument(new URL(request.url).searchParams, nonce) : null;
  if (html === null) return new Response("There is nothing at this address.", { status: 404, headers: { "content-type": "text/plain; charset=utf-8" } });
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } });
}

/** Browsers say so on https and on this machine. Without it, on plain http elsewhere, `frame-ancestors` has to do. */
function isOfOurPages(headers: Headers): boolean {
  return (headers.get("sec-fetch-site") ?? "same-origin") === "same-origin" && (headers.get("sec-fetch-dest") ?? "iframe") === "iframe";
}
