import { type CheerioAPI, load } from "cheerio";
import type { SourceSuggestion } from "@/domain/address-check";
import type { CollectedItem } from "@/domain/item";
import { csvConfigSchema, jsonApiConfigSchema, sitemapConfigSchema } from "@/domain/source";
import { quote, resolveLink, tidyText } from "./clean-item";
import { isCollectError } from "./collect-error";
import { parseCsv } from "./csv-items";
import { decodeText } from "./decode-text";
import { parseFeed } from "./feed";
import { parseJsonPage } from "./json-items";
import { type AdvertisedFeed, advertisedFeeds } from "./not-a-feed";
import { parseOpml } from "./opml";
import type { PageInput } from "./sandbox-tasks";
import { parseSitemap } from "./sitemap-items";
import { structuredDrafts } from "./structured-items";
import { suggestLists } from "./suggest-lists";

/** What is at an address, and what sources could be made of it, the best first. */
export interface InspectedPage {
  title?: string;
  suggestions: SourceSuggestion[];
}

type Attempt = (page: PageInput) => InspectedPage | undefined | Promise<InspectedPage | undefined>;

const MAX_LABEL_LENGTH = 120;
const MAX_FEEDS = 20;
/** Of the titles in a label, of which there are two. */
const MAX_TITLE_LENGTH = 40;
/** So many things that a page states are a list themselves; fewer are what the page is about. */
const STATED_LIST = 3;

/** Finds out what a page is by reading it as each kind of source. Run this in the sandbox only. */
export async function inspectPage(page: PageInput): Promise<InspectedPage> {
  const start = decodeText(page.body.subarray(0, 4096), page.contentType, "html").trimStart();
  for (const attempt of attemptsFor(start)) {
    try {
      const found = await attempt(page);
      if (found) return found;
    } catch (error) {
      if (!isCollectError(error)) throw error;
    }
  }
  return { suggestions: [] };
}

/** By how it begins: everything can be read as a table, and most things as a web page. */
function attemptsFor(start: string): Attempt[] {
  if (/^[[{]/.test(start)) return [asFeed, asJson];
  if (/<opml[\s>]/i.test(start)) return [asOpml];
  if (/<(?:!doctype html|html|head|body|title|meta|link|script|style|div|main|article|section|header|nav|table|ul|p|a|h1)[\s>]/i.test(start))
    return [asFeed, asWebPage];
  return start.startsWith("<") ? [asFeed, asSitemap] : [asSitemap, asFeed, asTable];
}

const asFeed: Attempt = (page) => {
  const { title, items } = parseFeed(page.body, page);
  return found(page, { kind: "feed", label: `Feed with ${counted(items, page, "item")}` }, title);
};

const asJson: Attempt = async (page) => {
  const { items } = await parseJsonPage(page.body, page, jsonApiConfigSchema.parse({}));
  return found(page, { kind: "json_api", label: `JSON API with ${counted(items, page, "item")}` });
};

const asSitemap: Attempt = (page) => {
  const { items, sitemaps } = parseSitemap(page.body, page, sitemapConfigSchema.parse({}));
  const label = sitemaps.length > 0 ? `Index of ${counted(sitemaps, page, "sitemap")}` : `Sitemap with ${counted(items, page, "address", "addresses")}`;
  return found(page, { kind: "sitemap", label });
};

const asTable: Attempt = (page) => {
  const { items } = parseCsv(page.body, page, csvConfigSchema.parse({}));
  const columns = Object.keys(items[0]?.fields ?? {}).length;
  return columns > 1 ? found(page, { kind: "csv", label: `Table with ${counted(items, page, "row")} of ${columns} columns` }) : undefined;
};

const asOpml: Attempt = (page) => {
  const { title, feeds } = parseOpml(page.body, page);
  return { title, suggestions: feeds.slice(0, MAX_FEEDS).map((feed) => feedSuggestion(feed, title)) };
};

const asWebPage: Attempt = (page) => {
  const html = decodeText(page.body, page.contentType, "html");
  const $ = load(html);
  const title = tidyText($("title").first().text(), MAX_LABEL_LENGTH);
  const feeds = advertisedFeeds(html, page.url).slice(0, MAX_FEEDS);
  return { title, suggestions: [...feeds.map((feed) => feedSuggestion(feed, title)), ...pageSuggestions($, page, title)] };
};

function feedSuggestion({ url, title }: AdvertisedFeed, pageTitle: string | undefined): SourceSuggestion {
  return { label: `Feed: ${title ?? quote(url, MAX_LABEL_LENGTH)}`, name: title ?? pageTitle ?? new URL(url).hostname, kind: "feed", url, config: {} };
}

function pageSuggestions($: CheerioAPI, page: PageInput, title: string | undefined): SourceSuggestion[] {
  const { url } = page;
  const about = { name: title ?? new URL(url).hostname, kind: "html_page", url } as const;
  const stated = statedThings(() => structuredDrafts($, resolveLink($("base[href]").first().attr("href"), url) ?? url, []));
  const statedLabel = `What the page states: ${stated === 1 ? "1 thing" : `${stated} things`}`;
  const asStated = stated > 0 ? [{ ...about, label: statedLabel, config: { itemsFrom: "structured_data" } }] : [];
  const asLists = suggestLists($, page).map(({ items, config }) => ({
    ...about,
    label: `Web page with ${counted(items, page, "item")}: ${firstTitles(items)}`,
    config,
  }));
  const bare = { ...about, label: "Web page: you name its items by CSS selectors", config: {} };
  return [...(stated >= STATED_LIST ? [...asStated, ...asLists] : [...asLists, ...asStated]), ...(asLists.length > 0 ? [] : [bare])];
}

function firstTitles(items: readonly CollectedItem[]): string {
  return items
    .flatMap(({ title }) => title || [])
    .slice(0, 2)
    .map((title) => `“${quote(title, MAX_TITLE_LENGTH)}”`)
    .join(", ");
}

function statedThings(read: () => unknown[]): number {
  try {
    return read().length;
  } catch (error) {
    if (isCollectError(error)) return 0;
    throw error;
  }
}

function found({ url }: PageInput, { kind, label }: Pick<SourceSuggestion, "kind" | "label">, title?: string): InspectedPage {
  return { title, suggestions: [{ label, name: title ?? new URL(url).hostname, kind, url, config: {} }] };
}

/** "1 item", "30 items", "more than 1,000 items" */
function counted({ length }: unknown[], { maxItems }: PageInput, one: string, many = `${one}s`): string {
  if (length >= maxItems) return `more than ${(maxItems - 1).toLocaleString("en")} ${many}`;
  return length === 1 ? `1 ${one}` : `${length} ${many}`;
}
