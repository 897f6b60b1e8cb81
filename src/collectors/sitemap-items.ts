import type { CollectedItem } from "@/domain/item";
import type { SitemapConfig } from "@/domain/source";
import { resolveLink } from "./clean-item";
import { cleanXml } from "./clean-xml";
import { CollectError } from "./collect-error";
import { decodeText } from "./decode-text";
import type { DocumentContext } from "./feed";
import { identifyItems } from "./identify-items";
import { draftOf, entryOf, type SitemapEntry } from "./sitemap-entry";
import { readSitemapRecords, type XmlNode } from "./sitemap-xml";

/** Another sitemap that an index names. */
export interface NamedSitemap {
  url: string;
  lastModified?: Date;
}

export interface ParsedSitemap {
  items: CollectedItem[];
  /** What the document names as an index; empty for a list of addresses. */
  sitemaps: NamedSitemap[];
  /** True when the document has more than was read of it. */
  more: boolean;
  /** The document is not all that the site has to say. */
  isCutOff?: true;
}

/** Of the protocol (sitemaps.org): no file has more, and no index. */
const MAX_RECORDS = 50_000;
const SITEMAP_TAG = /<(?:[\w.-]+:)?(?:urlset|sitemapindex|url|sitemap)[\s>/]/i;

/**
 * Reads a sitemap or an index of sitemaps: XML, however it is declared, or a text with an address on each line, or robots.txt. Where it has more than
 * `maxItems`, those that changed last are kept. Its time is at the mercy of the document: run this in the sandbox.
 * @throws CollectError `bad_document`
 */
export function parseSitemap(body: Uint8Array, context: DocumentContext, { addressContains }: SitemapConfig): ParsedSitemap {
  const text = decodeText(body, context.contentType, "xml").trim();
  if (text === "") throw new CollectError("bad_document", "The sitemap is empty. Nothing was collected. Check the address.", { retryable: true });
  const { records, isCutOff } = SITEMAP_TAG.test(text)
    ? readSitemapRecords(cleanXml(text), MAX_RECORDS + 1)
    : { records: readTextRecords(text), isCutOff: false };
  const named = (name: string) => records.slice(0, MAX_RECORDS).flatMap((node) => (node.name === name ? (entryOf(node, context.url) ?? []) : []));
  const entries = withoutRepetition(named("url").filter(({ url }) => url.includes(addressContains)));
  return {
    items: identifyItems(lastChanged(entries, context.maxItems).map(draftOf)),
    sitemaps: withoutRepetition(named("sitemap")).map(({ url, lastModified }) => ({ url, lastModified })),
    more: records.length > MAX_RECORDS,
    ...(isCutOff && { isCutOff }),
  };
}

/** A robots.txt names sitemaps, and is as good as an index of them. */
function readTextRecords(text: string): XmlNode[] {
  const lines = text.startsWith("<") ? [] : text.split(/[\r\n]+/, MAX_RECORDS + 1);
  const records = lines.flatMap((line) => {
    const named = /^sitemap\s*:\s*(.*)/i.exec(line)?.[1];
    return resolveLink(named ?? line, undefined) === undefined ? [] : recordOf(named === undefined ? "url" : "sitemap", named ?? line);
  });
  if (records.length === 0) throw notASitemapError(text);
  return records;
}

function recordOf(name: string, address: string): XmlNode {
  return { name, attributes: {}, text: "", children: [{ name: "loc", attributes: {}, text: address, children: [] }] };
}

/** The first sight of an address counts. */
function withoutRepetition(entries: SitemapEntry[]): SitemapEntry[] {
  const byUrl = new Map<string, SitemapEntry>();
  for (const entry of entries) if (!byUrl.has(entry.url)) byUrl.set(entry.url, entry);
  return [...byUrl.values()];
}

/** In the sitemap's own order as long as there is room for all. */
function lastChanged(entries: SitemapEntry[], limit = entries.length): SitemapEntry[] {
  return entries.length > limit ? newestFirst(entries).slice(0, limit) : entries;
}

/** What states no date comes last. */
export function newestFirst<T extends { lastModified?: Date }>(entries: T[]): T[] {
  const changedAt = ({ lastModified }: T) => lastModified?.getTime() ?? Number.NEGATIVE_INFINITY;
  return entries.toSorted((one, other) => Math.sign(changedAt(other) - changedAt(one)) || 0);
}

function notASitemapError(text: string): CollectError {
  return new CollectError("bad_document", `${describe(text)} Nothing was collected.`);
}

function describe(text: string): string {
  if (/<(?:rss|rdf:RDF|feed)[\s>]/i.test(text.slice(0, 5000))) return "This is a feed, not a sitemap. Make it a source of the kind Feed.";
  if (/<(?:!doctype html|html|head|body)[\s>]/i.test(text.slice(0, 5000))) {
    return "This is a web page, not a sitemap. Look for the sitemap's address in the site's robots.txt.";
  }
  return "This is not a sitemap. Check the address, or choose another kind of source.";
}
