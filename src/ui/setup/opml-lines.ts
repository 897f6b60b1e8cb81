import { isOpml, readOpml } from "@/domain/opml";

/** The feeds of an OPML document as one address a line with its name behind it; null when it is no OPML. */
export function opmlLines(xml: string): string | null {
  if (!isOpml(xml)) return null;
  const feeds = readOpml(xml).filter(({ url, kind }) => url !== "" && kind === null);
  return feeds.map(({ url, name }) => `${url} ${name ?? ""}`.trim()).join("\n");
}
