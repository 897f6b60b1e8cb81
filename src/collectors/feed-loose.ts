import { type CheerioAPI, load } from "cheerio";
import type { FeedRecords } from "./feed-entries";
import type { FeedEntry, FeedText } from "./feed-entry";

const FEED_ROOTS = ["rss", "rdf", "feed", "channel", "entry"];
const RECORDS = ["item", "entry"];

type XmlElement = ReturnType<typeof elementsOf>[number];

/**
 * Reads feeds that are not well-formed, or of forgotten formats, the way that people's feed readers do: whatever has the name
 * of a record is one. Undefined when there is nothing that looks like a feed.
 */
export function readLooseFeed(text: string): FeedRecords | undefined {
  const $ = load(text, { xml: { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true, decodeEntities: true } });
  const elements = elementsOf($);
  const root = elements.find((element) => FEED_ROOTS.includes(localName(element)));
  if (!root) return undefined;
  const records = elements.filter((element) => RECORDS.includes(localName(element)) && !hasRecordAbove(element));
  return {
    title: childrenOf($, localName(root) === "rss" || localName(root) === "rdf" ? (elements.find(isChannel) ?? root) : root).text("title")?.value,
    base: attribute(root, "xml:base"),
    entries: records.map((record) => looseEntry($, record)),
  };
}

function elementsOf($: CheerioAPI) {
  return $.root().find("*").toArray();
}

function isChannel(element: XmlElement): boolean {
  return localName(element) === "channel";
}

function localName(element: XmlElement): string {
  return element.name.slice(element.name.indexOf(":") + 1).toLowerCase();
}

function attribute(element: XmlElement, name: string): string | undefined {
  return element.attribs[name]?.trim() || undefined;
}

function hasRecordAbove(element: XmlElement): boolean {
  for (let above = element.parent; above && "attribs" in above; above = above.parent) {
    if (RECORDS.includes(localName(above))) return true;
  }
  return false;
}

function looseEntry($: CheerioAPI, record: XmlElement): FeedEntry {
  const { text, all } = childrenOf($, record);
  const link = all("link").find((element) => ["alternate", undefined].includes(attribute(element, "rel"))) ?? all("link")[0];
  const guid = text("guid") ?? text("id");
  const linkText = link && (attribute(link, "href") ?? ($(link).text().trim() || undefined));
  return {
    id: guid?.value ?? attribute(record, "rdf:about"),
    link: linkText ?? attribute(record, "href") ?? attribute(record, "rdf:about") ?? (/^https?:/.test(guid?.value ?? "") ? guid?.value : undefined),
    base: attribute(record, "xml:base"),
    title: text("title"),
    published: (text("pubdate") ?? text("published") ?? text("issued") ?? text("date") ?? text("created"))?.value,
    updated: (text("updated") ?? text("modified"))?.value ?? attribute(record, "lastmod"),
    summary: text("description") ?? text("summary") ?? text("abstract"),
    content: text("encoded") ?? text("content") ?? text("body") ?? text("fullitem"),
    authors: [...all("author"), ...all("creator")].map((element) => $(element).text()),
    categories: [...all("category"), ...all("subject")].map((element) => attribute(element, "term") ?? $(element).text()),
    enclosures: all("enclosure").map((element) => ({ url: attribute(element, "url"), type: attribute(element, "type") })),
  };
}

function childrenOf($: CheerioAPI, parent: XmlElement) {
  const children = $(parent).children().toArray();
  const all = (name: string) => children.filter((child) => localName(child) === name);
  function text(name: string): FeedText | undefined {
    const values = all(name).map((child) => ($(child).children().length > 0 ? ($(child).html() ?? "") : $(child).text()).trim());
    const value = values.find((candidate) => candidate !== "");
    return value === undefined ? undefined : { value, isHtml: true };
  }
  return { all, text };
}
