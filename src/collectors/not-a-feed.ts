import { load } from "cheerio";
import { quote, resolveLink, tidyText } from "./clean-item";
import { CollectError } from "./collect-error";

const FEED_TYPES = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];
const MAX_TITLE_LENGTH = 120;
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

/** The feeds that a web page names in its head (RSS Advisory Board, RSS Autodiscovery), each once. */
export function advertisedFeeds(html: string, url: string | undefined): AdvertisedFeed[] {
  const $ = load(html, { xml: { xmlMode: false, decodeEntities: true } });
  const links = $("link[rel~=alternate][href]")
    .toArray()
    .filter((link) => FEED_TYPES.includes(($(link).attr("type") ?? "").toLowerCase().trim()))
    .flatMap((link): AdvertisedFeed[] => {
      const address = resolveLink($(link).attr("href"), url);
      return address === undefined ? [] : [{ url: address, title: tidyText($(link).attr("title"), MAX_TITLE_LENGTH) }];
    });
  return links.filter((feed, index) => links.findIndex((other) => other.url === feed.url) === index);
}
