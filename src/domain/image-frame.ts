import { z } from "zod";
import { escapeXml } from "./xml-text";

/** A document that shows images of other sites, with rules of its own, so that the pages' rules can go on forbidding them. */
export const IMAGE_FRAME_PATH = "/api/items/images";

/** Images that are shown of one text at most. */
const MOST_SHOWN_IMAGES = 12;
/** Their addresses stand in the frame's, which servers and proxies take up to 8 KB of. */
const MOST_ADDRESS_LENGTH = 6_000;
const MOST_ALT_LENGTH = 200;

/** An image of another site. */
export interface ShownImage {
  src: string;
  /** Empty where its site does not describe it. */
  alt: string;
}

type Scheme = "light" | "dark";

const frameSchema = z.object({
  scheme: z.enum(["light", "dark"]).catch("light"),
  images: z.array(z.object({ src: z.url({ protocol: /^https?$/ }), alt: z.string() })).max(MOST_SHOWN_IMAGES),
});

/** Those of these images that one frame shows: the first 12 that its address has room for. */
export function imagesOfFrame(images: readonly ShownImage[]): ShownImage[] {
  const fitting: ShownImage[] = [];
  let room = MOST_ADDRESS_LENGTH;
  for (const image of images) {
    if (fitting.length === MOST_SHOWN_IMAGES) break;
    const { length } = queryOf(image);
    if (length > room) continue;
    fitting.push(image);
    room -= length;
  }
  return fitting;
}

/** Where the frame is that shows these images in this colour scheme. */
export function imageFrameAddress(images: readonly ShownImage[], scheme: Scheme): string {
  return `${IMAGE_FRAME_PATH}?scheme=${scheme}${images.map(queryOf).join("")}`;
}

function queryOf({ src, alt }: ShownImage): string {
  return `&${new URLSearchParams({ src, alt: alt.slice(0, MOST_ALT_LENGTH) })}`;
}

/** The document at such an address; null when it is none that `imageFrameAddress` makes. */
export function imageFrameDocument(params: URLSearchParams, nonce: string): string | null {
  const alts = params.getAll("alt");
  const images = params.getAll("src").map((src, index) => ({ src, alt: alts[index] ?? "" }));
  const { data } = frameSchema.safeParse({ scheme: params.get("scheme"), images });
  if (!data || data.images.some(({ src }) => !isPublicHost(new URL(src).hostname))) return null;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Images</title><style nonce="${escapeXml(nonce)}">${styleOf(data.scheme)}</style></head><body>${data.images.map(figureOf).join("")}</body></html>`;
}

/** What is no public name may be a machine beside the reader's, which an address alone can make do something. */
export function isPublicHost(hostname: string): boolean {
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith("[");
  return (
    !isAddress && /.\../.test(hostname) && !/\.(localhost|local|localdomain|internal|intranet|private|lan|home|corp|test|invalid|arpa)\.?$/i.test(hostname)
  );
}

function figureOf({ src, alt }: ShownImage): string {
  const caption = alt || new URL(src).host;
  return `<figure><img src="${escapeXml(src)}" alt="${escapeXml(alt)}" referrerpolicy="no-referrer" decoding="async"><figcaption>${escapeXml(caption)}</figcaption></figure>`;
}

function styleOf(scheme: Scheme): string {
  return `html{color-scheme:${scheme}}body{margin:0;font:14px/1.4 system-ui,sans-serif}figure{margin:0 0 16px}img{display:block;max-width:100%;max-height:420px}figcaption{overflow-wrap:anywhere}`;
}
