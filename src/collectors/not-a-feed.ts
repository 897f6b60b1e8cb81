import { load } from "cheerio";
import { quote, resolveLink, tidyText } from "./clean-item";
import { CollectError } from "./collect-error";

const FEED_TYPES = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];
const OTHER_TYPES = ["application/xml", "text/xml", "application/json", "text/rss", "text/atom", "application/x-rss+xml", "application/x-atom+xml"];
const MAX_TITLE_LENGTH = 120;
const MOST_LINKED = 5;
/** What web pages begin with: people leave out html and head, and may. */
const PAGE_ROOTS = ["html", "head", "body", "title", "meta", "link", "script", "style", "div", "p", "h1", "main", "article", "section"];

/** Says what the document is instead of a feed, and where the feed may be. */
export function notAFeedError(reason?: string, text = "", url?: string): CollectError {
  return new CollectError("not_a_feed", `${reason ?? describe(text, url)} Nothing was collected.`);
}

function describe(text: string, url: string | undefined): string {
  const root = /<([a-z][\w:-]*)/i.exec(text.slice(0, 5000).replace(/<!--[\s\S]*?-->/g, ""))?.[1]?.toLowerCase();
  if (!PAGE_ROOTS.includes(root ?? "")) return "This is not a feed. Check the address, or choose another kind of source.";
  const [feed] = advertisedFeeds(text, url);
  if (feed) return `This is a web page, not a feed. The page names a feed: ${quote(feed.url, 300)}`;
  return "This is a web page, not a feed. Look for the site's feed, or make it a source of the kind HTML page.";
}

/** A feed that a web page names. */
export interface AdvertisedFeed {
  url: string;
  title?: string;
}

/**
 * The feeds that a web page names in its head (RSS Advisory Board, RSS Autodiscovery), each once; where it names none there, those that it links to
 * under an address that looks like a feed's.
 */
export function advertisedFeeds(html: string, url: string | undefined): AdvertisedFeed[] {
  const $ = load(html, { xml: { xmlMode: false, decodeEntities: true } });
  const base = resolveLink($("base[href]").first().attr("href"), url) ?? url;
  const named = $("link[href]").toArray().filter(namesFeed);
  const found = named.length > 0 ? named : $("a[href]").toArray().filter(looksLikeFeed).slice(0, MOST_LINKED);
  const byAddress = new Map<string, AdvertisedFeed>();
  for (const { attribs } of found) {
    const address = resolveLink(attribs.href, base);
    if (address !== undefined && !byAddress.has(address)) byAddress.set(address, { url: address, title: tidyText(attribs.title, MAX_TITLE_LENGTH) });
  }
  return [...byAddress.values()];
}

/** Types that other documents have, too, count where the link says that it is a feed. */
function namesFeed({ attribs: { rel = "", type = "", title = "", href = "" } }: { attribs: Record<string, string> }): boolean {
  const relations = rel.toLowerCase().split(/\s+/);
  const plainType = type.toLowerCase().replace(/;.*/s, "").trim();
  if (relations.includes("feed")) return true;
  if (!relations.includes("alternate")) return false;
  return FEED_TYPES.includes(plainType) || (OTHER_TYPES.includes(plainType) && /\b(?:rss|atom|feed)/i.test(`${title} ${href}`));
}

function looksLikeFeed({ attribs: { href = "" } }: { attribs: Record<string, string> }): boolean {
  return href.length < 500 && /(?:^|[/.?=_-])(?:rss2?|atom|feeds?)(?:\.(?:xml|php|json))?\/?$/i.test(href);
}
