import { parseFeed as parseAnyFeed } from "feedsmith";
import { parseExactJson } from "@/domain/exact-json";
import type { CollectedItem } from "@/domain/item";
import type { Pace } from "@/domain/pace";
import type { FeedConfig } from "@/domain/source";
import { resolveLink, tidyText } from "./clean-item";
import { cleanXml } from "./clean-xml";
import { CollectError } from "./collect-error";
import { pageInput, singlePage } from "./collection";
import type { Collector } from "./collector";
import { decodeText } from "./decode-text";
import { mendDoubleEncoding } from "./double-encoding";
import { type FeedRecords, recordsOf } from "./feed-entries";
import { draftOf } from "./feed-entry";
import { fillGaps } from "./feed-gaps";
import { readLooseFeed } from "./feed-loose";
import { readFeedPace } from "./feed-pace";
import { htmlToText } from "./html-text";
import { type ItemDraft, identifyItems } from "./identify-items";
import { notAFeedError } from "./not-a-feed";

export interface ParsedFeed {
  title?: string;
  items: CollectedItem[];
  pace: Pace;
  /** The document ends within an item. */
  isCutOff?: true;
}

export interface DocumentContext {
  /** After redirects; relative links refer to it. */
  url: string;
  contentType?: string;
  /** Items beyond are not read. */
  maxItems?: number;
}

const ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";
const RECORD_TAG = /<(?:[\w.-]+:)?(?:item|entry)[\s>/]/gi;
const RECORD_ENDS = /<\/(?:[\w.-]+:)?(?:item|entry|channel|rss|rdf|feed)\s*>/i;

/**
 * Reads RSS 0.9x to 2.0, RDF, Atom, JSON Feed, and what other readers take for one. Pure, but its time is at the mercy of the
 * document: the collector runs it in the sandbox. Throws CollectError: `not_a_feed`, `bad_document`.
 */
export function parseFeed(body: Uint8Array, { url, contentType, maxItems }: DocumentContext, { keyFrom }: FeedConfig = {}): ParsedFeed {
  const text = mendDoubleEncoding(decodeText(body, contentType, "xml")).trim();
  if (text === "") throw new CollectError("not_a_feed", "The page is empty. Nothing was collected. Check the address.", { retryable: true });
  const { title, base, entries, isCutOff } = /^[{[]/.test(text) ? readJsonFeed(text) : readXmlFeed(cleanXml(text), url);
  const feedBase = resolveLink(base, url) ?? url;
  const drafts = entries.slice(0, maxItems).map((entry) => withKey(draftOf(entry, feedBase), keyFrom));
  const items = identifyItems(drafts);
  return { title: tidyText(title && htmlToText(title), 200), items, pace: readFeedPace(text), ...(isCutOff && { isCutOff }) };
}

/** What an entry lacks to be known again by, its id stands in for. */
function withKey(draft: ItemDraft, keyFrom: FeedConfig["keyFrom"]): ItemDraft {
  if (keyFrom === "link") return { ...draft, key: draft.url ?? draft.key };
  if (keyFrom === "title") return { ...draft, key: tidyText(draft.title) ?? draft.key };
  return draft;
}

function readJsonFeed(text: string): FeedRecords {
  const document = parseJson(text);
  if (typeof document !== "object" || document === null || !("items" in document) || !Array.isArray(document.items)) {
    throw notAFeedError("It is JSON, but not a JSON Feed. Make it a source of the kind JSON API.");
  }
  try {
    return recordsOf(parseAnyFeed(document));
  } catch {
    // Feeds in the wild shorten the version to "1.1", which alone makes the parser refuse them.
    if (!("version" in document) || !("title" in document)) throw notAFeedError("It is JSON, but not a JSON Feed. Make it a source of the kind JSON API.");
    return recordsOf(parseAnyFeed({ ...document, version: "https://jsonfeed.org/version/1.1" }));
  }
}

function parseJson(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    throw notAFeedError("It looks like JSON, but is cut off or damaged.");
  }
}

/**
 * Without the last record where the document ends within it: with half of its title or address it would be an item of its own, and new once more
 * when it is whole. The only one is kept: without it there would be no feed.
 */
function readXmlFeed(text: string, url: string): FeedRecords {
  const [first, last] = outermostRecords(text);
  if (last < 0 || RECORD_ENDS.test(text.slice(last))) return readRecords(text, url);
  return { ...readRecords(first < last ? text.slice(0, last) : text, url), isCutOff: true };
}

/** Where the first and the last of them begin; -1 where there are none. */
function outermostRecords(text: string): [first: number, last: number] {
  let [first, last] = [-1, -1];
  // One at a time: a document may have a million of them.
  for (const { index } of text.matchAll(RECORD_TAG)) [first, last] = [first < 0 ? index : first, index];
  return [first, last];
}

function readRecords(text: string, url: string): FeedRecords {
  const strict = hasBase64(text) ? undefined : readStrictFeed(text);
  const expected = text.match(RECORD_TAG)?.length ?? 0;
  if (strict && strict.entries.length >= expected) return fillGaps(strict, text, readLooseFeed);
  const loose = readLooseFeed(text);
  // The strict reader knows more formats' details; the loose one only wins where it found more.
  if (strict && (!loose || loose.entries.length <= strict.entries.length)) return fillGaps(strict, text, () => loose);
  if (!loose) throw notAFeedError(undefined, text, url);
  return loose;
}

/** Of Atom 0.3, which only the loose reader decodes. */
function hasBase64(text: string): boolean {
  return text.includes("base64") && /<[^<>]{0,200}\bmode\s*=\s*["']base64["']/.test(text);
}

function readStrictFeed(text: string): FeedRecords | undefined {
  try {
    return recordsOf(parseAnyFeed(text));
  } catch {
    return undefined;
  }
}

export const feedCollector: Collector<"feed"> = {
  kind: "feed",
  accept: ACCEPT,
  async collect(source, { fetchPage, parse, signal, maxItems }) {
    const page = await fetchPage(source.url, { signal });
    const { title, items, pace, isCutOff } = await parse("feed", { ...pageInput(page, maxItems), config: source.config }, signal);
    const collected = singlePage(page, items, maxItems, title);
    return { ...collected, isWhole: collected.isWhole && !isCutOff, pace };
  },
};
