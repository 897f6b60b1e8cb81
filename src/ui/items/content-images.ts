import { isPublicHost, type ShownImage } from "@/domain/image-frame";
import { webAddress } from "./item-value";

/** What an address in a site's text means, if a person may be sent there; relative ones refer to the item's page. */
export function addressIn(stated: string | undefined, base: string | null): string | null {
  const text = stated?.trim();
  if (!text || !URL.canParse(text, base ?? undefined)) return null;
  return webAddress(new URL(text, base ?? undefined).href);
}

/** An image as a site's text states it. */
export interface StatedImage {
  src?: string;
  alt?: string;
  width?: string;
  height?: string;
}

/** Images that are a point large tell who reads, and show nothing. */
export function isBeacon({ width, height }: Pick<StatedImage, "width" | "height">): boolean {
  return [width, height].some((size) => size !== undefined && Number.parseInt(size, 10) <= 2);
}

/** What can be shown of a text's images: each once, those of foreign and public hosts only. */
export function showableImages(stated: readonly StatedImage[], base: string | null, ownHost: string): ShownImage[] {
  const found = stated
    .filter((image) => !isBeacon(image))
    .map(({ src, alt }) => ({ src: addressIn(src, base) ?? "", alt: alt?.trim() ?? "" }))
    .filter(({ src }) => src !== "" && new URL(src).host !== ownHost && isPublicHost(new URL(src).hostname));
  return [...new Map(found.map((image) => [image.src, image])).values()];
}

/** What it means to show these images, `left` more of which find no room among those. */
export function imageWords(images: readonly ShownImage[], left: number, isShown: boolean): string {
  const rest = left > 0 ? ` ${left} more can only be opened by their links in the text.` : "";
  const hosts = [...new Set(images.map(({ src }) => new URL(src).host))];
  const named = hosts.length > 3 ? [...hosts.slice(0, 2), `${hosts.length - 2} more`] : hosts;
  const who = named.length > 1 ? `${named.slice(0, -1).join(", ")} and ${named.at(-1)}` : named.join();
  if (isShown) return `The images come from ${who}.${rest}`;
  const what = images.length === 1 ? "1 image is" : `${images.length} images are`;
  return `${what} not shown. If you show ${images.length === 1 ? "it" : "them"}, ${who} ${hosts.length === 1 ? "learns" : "learn"} your internet address and that you read this.${rest}`;
}
