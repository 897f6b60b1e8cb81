import { type CheerioAPI, load } from "cheerio";
import type { FeedRecords } from "./feed-entries";
import type { FeedEntry, FeedText } from "./feed-entry";
import { alternateLink, webAddress } from "./feed-link";

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

function attributes<Name extends string>(element: XmlElement, ...names: Name[]): Partial<Record<Name, string>> {
  const stated = names.map((name) => [name, attribute(element, name)]);
  return Object.fromEntries(stated);
}

function words(text: string): string | undefined {
  return text.trim() || undefined;
}

/** One of the same name directly above it lacks its end; others hold records in elements of their own, such as older versions of themselves. */
function hasRecordAbove(element: XmlElement): boolean {
  let isInside = false;
  for (let above = element.parent; above && "attribs" in above; above = above.parent) {
    isInside ||= above.name !== element.name;
    if (isInside && RECORDS.includes(localName(above))) return true;
  }
  return false;
}

function looseEntry($: CheerioAPI, record: XmlElement): FeedEntry {
  const { text, all } = childrenOf($, record);
  const links = all("link").map((element) => ({ ...attributes(element, "rel", "type"), href: attribute(element, "href") ?? words($(element).text()) }));
  const guid = text("guid") ?? text("id");
  const isPermaLink = all("guid")[0]?.attribs.ispermalink !== "false";
  const stated = alternateLink(links.filter(({ href }) => href !== undefined)) ?? attribute(record, "href") ?? attribute(record, "rdf:about");
  return {
    id: guid?.value ?? attribute(record, "rdf:about"),
    link: stated ?? (isPermaLink ? webAddress(guid?.value) : undefined),
    base: attribute(record, "xml:base"),
    title: text("title"),
    published: (text("pubdate") ?? text("published") ?? text("issued") ?? text("date") ?? text("created"))?.value,
    updated: (text("updated") ?? text("modified"))?.value ?? attribute(record, "lastmod"),
    summary: text("description") ?? text("summary") ?? text("abstract"),
    content: text("encoded") ?? text("content") ?? text("body") ?? text("fullitem"),
    authors: [...all("author"), ...all("creator")].map((element) => childrenOf($, element).text("name")?.value ?? $(element).text()),
    categories: [...all("category"), ...all("subject")].map((element) => attribute(element, "term") ?? $(element).text()),
    enclosures: [
      ...all("enclosure").map((element) => attributes(element, "url", "type")),
      ...links.filter(({ rel }) => rel === "enclosure").map(({ href, type }) => ({ url: href, type })),
    ],
  };
}

function childrenOf($: CheerioAPI, parent: XmlElement) {
  const children = $(parent).children().toArray();
  const isOwn = (child: XmlElement) => prefixOf(child) === prefixOf(parent);
  /** Those of the parent's own vocabulary first: others have titles and descriptions, too. */
  const all = (name: string) => children.filter((child) => localName(child) === name).sort((one, other) => Number(isOwn(other)) - Number(isOwn(one)));
  function text(name: string): FeedText | undefined {
    const value = all(name)
      .map((child) => contentOf($, child))
      .find((candidate) => candidate !== "");
    return value === undefined ? undefined : { value, isHtml: true };
  }
  return { all, text };
}

function contentOf($: CheerioAPI, element: XmlElement): string {
  const text = ($(element).children().length > 0 ? ($(element).html() ?? "") : $(element).text()).trim();
  return attribute(element, "mode") === "base64" ? Buffer.from(text, "base64").toString("utf8") : text;
}

function prefixOf({ name }: XmlElement): string {
  return name.slice(0, name.indexOf(":") + 1);
}
