import type { Item, JsonValue } from "./item";
import { escapeXml, FORBIDDEN_IN_XML } from "./xml-text";

/** An item as an entry of a feed shows it. */
export type FeedItem = Pick<Item, "id" | "title" | "url" | "sourceName" | "publishedAt" | "firstSeenAt" | "lastChangedAt" | "fields">;

export interface AtomFeed {
  /** Identifies the feed for ever, wherever it is fetched (an IRI). */
  id: string;
  title: string;
  /** Its own address, and that of the page with the same items. */
  selfUrl: string;
  pageUrl: string;
  /** Who publishes it. */
  author: string;
  items: readonly FeedItem[];
  /** Identifies an item for ever (an IRI). */
  idOf(item: FeedItem): string;
  /** When it began to be what it is: a feed whose filter changes is another one, even without newer entries. */
  sinceAt: Date;
}

const LONGEST_VALUE = 2_000;

/** When the feed or one of its entries changed last. */
export function feedUpdatedAt({ items, sinceAt }: Pick<AtomFeed, "items" | "sinceAt">): Date {
  return items.reduce((latest, { lastChangedAt }) => (latest > lastChangedAt ? latest : lastChangedAt), sinceAt);
}

/** The feed as RFC 4287 has it. What was collected stands in it as text, never as markup. */
export function atomFeed(feed: AtomFeed): string {
  const { id, title, selfUrl, pageUrl, author, items, idOf } = feed;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    element("id", id),
    element("title", title),
    element("updated", feedUpdatedAt(feed).toISOString()),
    `<author>${element("name", author)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${xml(selfUrl)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(pageUrl)}"/>`,
    element("generator", "Milkrun"),
    ...items.map((item) => entry(item, idOf(item))),
    "</feed>",
    "",
  ].join("\n");
}

function entry(item: FeedItem, id: string): string {
  const { title, url, sourceName, publishedAt, firstSeenAt, lastChangedAt, fields } = item;
  return [
    "<entry>",
    element("id", id),
    element("title", titleOf(title ?? "") || url || "Item without a title"),
    element("updated", lastChangedAt.toISOString()),
    element("published", (publishedAt ?? firstSeenAt).toISOString()),
    ...(url ? [`<link rel="alternate" href="${xml(url)}"/>`] : []),
    `<category term="${xml(sourceName)}"/>`,
    // An entry without a link has to have content (section 4.1.2).
    `<content type="text">${xml(contentOf(fields))}</content>`,
    "</entry>",
  ].join("\n");
}

/** Without what nobody would see of it; readers show nothing else of an entry in their lists. */
const titleOf = (title: string) => title.replace(FORBIDDEN_IN_XML, "").trim();

/** "price: 3", a line a field. */
function contentOf(fields: Record<string, JsonValue>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${cut(typeof value === "string" ? value : JSON.stringify(value))}`)
    .join("\n");
}

const cut = (text: string) => (text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text);

const element = (name: string, text: string) => `<${name}>${xml(text)}</${name}>`;

/** What no XML may hold is left out: a reader refuses the whole feed for it. */
const xml = (text: string) => escapeXml(text.replace(FORBIDDEN_IN_XML, ""));
