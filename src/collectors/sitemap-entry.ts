import { resolveLink, tidyText } from "./clean-item";
import { htmlToText } from "./html-text";
import type { ItemDraft } from "./identify-items";
import { readDate } from "./read-date";
import type { XmlNode } from "./sitemap-xml";

/** What a sitemap says of one address. */
export interface SitemapEntry {
  url: string;
  lastModified?: Date;
  node: XmlNode;
}

const MAX_TEXT_LENGTH = 5000;

/** Undefined for a record without an address of the web. */
export function entryOf(node: XmlNode, sitemapUrl: string): SitemapEntry | undefined {
  const url = resolveLink(textOf(node, "loc"), sitemapUrl);
  return url === undefined ? undefined : { url, lastModified: readDate(textOf(node, "lastmod")), node };
}

/** The address identifies the item. A date of change that differs makes it a changed item. */
export function draftOf({ url, lastModified, node }: SitemapEntry): ItemDraft {
  const news = all(node, "news")[0];
  const videos = all(node, "video").map((video) => videoOf(video, url));
  const published = readDate(news && textOf(news, "publication_date"));
  return {
    key: url,
    url,
    title: (news && wordsOf(news, "title")) ?? videos[0]?.title,
    publishedAt: published ?? lastModified,
    fields: {
      updatedAt: published && lastModified,
      changeFrequency: textOf(node, "changefreq"),
      priority: numberOf(textOf(node, "priority")),
      publication: news && textIn(news, "publication", "name"),
      language: news && textIn(news, "publication", "language"),
      keywords: news && textOf(news, "keywords"),
      images: some(all(node, "image").map((image) => imageOf(image, url))),
      videos: some(videos),
      alternates: some(all(node, "link").map(({ attributes }) => ({ language: attributes.hreflang, url: resolveLink(attributes.href, url) }))),
    },
  };
}

function imageOf(image: XmlNode, base: string) {
  return { url: resolveLink(textOf(image, "loc"), base), title: wordsOf(image, "title"), caption: wordsOf(image, "caption") };
}

function videoOf(video: XmlNode, base: string) {
  const link = (name: string) => resolveLink(textOf(video, name), base);
  return {
    title: wordsOf(video, "title"),
    description: wordsOf(video, "description"),
    url: link("content_loc") ?? link("player_loc"),
    thumbnail: link("thumbnail_loc"),
    durationSeconds: numberOf(textOf(video, "duration")),
    publishedAt: readDate(textOf(video, "publication_date")),
  };
}

function all({ children }: XmlNode, name: string): XmlNode[] {
  return children.filter((child) => child.name === name);
}

function textOf(node: XmlNode, name: string): string | undefined {
  return tidyText(node.children.find((child) => child.name === name)?.text, MAX_TEXT_LENGTH);
}

/** Text for people, in which programs leave HTML. */
function wordsOf(node: XmlNode, name: string): string | undefined {
  return tidyText(htmlToText(textOf(node, name) ?? ""), MAX_TEXT_LENGTH);
}

function textIn(node: XmlNode, outer: string, name: string): string | undefined {
  const within = node.children.find((child) => child.name === outer);
  return within && textOf(within, name);
}

function numberOf(text: string | undefined): number | undefined {
  const number = Number(text);
  return text === undefined || Number.isNaN(number) ? undefined : number;
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
