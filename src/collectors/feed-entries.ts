import type { AtomFeed, JsonFeed, parseFeed as parseAnyFeed, RdfFeed, RssFeed } from "feedsmith";
import type { FeedEntry, FeedText } from "./feed-entry";

type AnyFeed = ReturnType<typeof parseAnyFeed<string>>;

export interface FeedRecords {
  title?: string;
  /** What relative links refer to, when the feed says so. */
  base?: string;
  entries: FeedEntry[];
}

/** One shape for the four formats that feedsmith tells apart. */
export function recordsOf(parsed: AnyFeed): FeedRecords {
  switch (parsed.format) {
    case "rss":
      return { title: parsed.feed.title, base: parsed.feed.xml?.base, entries: (parsed.feed.items ?? []).map(rssEntry) };
    case "rdf":
      return { title: parsed.feed.title, base: parsed.feed.xml?.base, entries: (parsed.feed.items ?? []).map(rdfEntry) };
    case "atom":
      return { title: atomText(parsed.feed.title)?.value, base: parsed.feed.xml?.base, entries: (parsed.feed.entries ?? []).map(atomEntry) };
    case "json":
      return { title: parsed.feed.title, base: parsed.feed.home_page_url, entries: (parsed.feed.items ?? []).map(jsonEntry) };
  }
}

function html(value: string | undefined): FeedText | undefined {
  return value === undefined ? undefined : { value, isHtml: true };
}

function plain(value: string | undefined): FeedText | undefined {
  return value === undefined ? undefined : { value, isHtml: false };
}

function rssEntry(item: RssFeed.Item<string>): FeedEntry {
  const { guid, atom, dc, dcterms } = item;
  return {
    id: guid?.value ?? atom?.id,
    link: item.link ?? alternateLink(atom?.links) ?? (guid?.isPermaLink !== false && /^https?:/i.test(guid?.value ?? "") ? guid?.value : undefined),
    base: item.xml?.base,
    title: html(item.title ?? dc?.titles?.[0] ?? item.itunes?.title),
    published: item.pubDate ?? dc?.dates?.[0] ?? atom?.published ?? dcterms?.created?.[0] ?? dcterms?.issued?.[0],
    updated: atom?.updated ?? dcterms?.modified?.[0],
    summary: html(item.description ?? dc?.descriptions?.[0] ?? item.itunes?.summary),
    content: html(item.content?.encoded),
    authors: [...(item.authors ?? []).map((author) => author.name ?? author.email), ...(dc?.creators ?? []), item.itunes?.author],
    categories: [...(item.categories ?? []).map((category) => category.name), ...(dc?.subjects ?? [])],
    enclosures: item.enclosures,
    comments: item.comments,
  };
}

function rdfEntry(item: RdfFeed.Item<string>): FeedEntry {
  return {
    id: item.rdf?.about ?? item.link,
    link: item.link ?? item.rdf?.about,
    base: item.xml?.base,
    title: html(item.title ?? item.dc?.titles?.[0]),
    published: item.dc?.dates?.[0] ?? item.dcterms?.created?.[0] ?? item.dcterms?.issued?.[0] ?? item.atom?.published,
    updated: item.dcterms?.modified?.[0] ?? item.atom?.updated,
    summary: html(item.description ?? item.dc?.descriptions?.[0]),
    content: html(item.content?.encoded),
    authors: item.dc?.creators,
    categories: item.dc?.subjects,
  };
}

function atomEntry(entry: AtomFeed.Entry<string>): FeedEntry {
  const links = entry.links ?? [];
  return {
    id: entry.id,
    link: alternateLink(links) ?? entry.content?.src,
    base: entry.xml?.base,
    title: atomText(entry.title),
    published: entry.published ?? entry.dc?.dates?.[0],
    updated: entry.updated,
    summary: atomText(entry.summary) ?? html(entry.media?.groups?.[0]?.description?.value),
    content: atomText(entry.content),
    authors: [...(entry.authors ?? []).map((author) => author.name ?? author.email), ...(entry.dc?.creators ?? [])],
    categories: (entry.categories ?? []).map((category) => category.label ?? category.term),
    enclosures: links.filter((link) => link.rel === "enclosure").map(({ href, type, length }) => ({ url: href, type, length })),
  };
}

/** RFC 4287, section 4.2.7: a link without `rel` is an alternate one. HTML wins among several. */
function alternateLink(links: Partial<AtomFeed.Link<string>>[] | undefined): string | undefined {
  const alternates = (links ?? []).filter(({ rel }) => rel === undefined || rel === "alternate");
  return (alternates.find(({ type }) => type === "text/html") ?? alternates[0] ?? links?.find(({ rel }) => rel !== "enclosure"))?.href;
}

/** RFC 4287, section 3.1.1: without a type it is plain text; sites mean HTML nevertheless when it has tags, except where they say "text". */
function atomText(text: { value?: string; type?: string } | undefined): FeedText | undefined {
  if (text?.value === undefined) return undefined;
  const isPlain = text.type === "text" || text.type === "text/plain";
  return { value: text.value, isHtml: !isPlain };
}

function jsonEntry(item: JsonFeed.Item<string>): FeedEntry {
  return {
    id: item.id,
    link: item.url ?? item.external_url,
    title: plain(item.title),
    published: item.date_published,
    updated: item.date_modified,
    summary: plain(item.summary) ?? plain(item.content_text) ?? html(item.content_html),
    content: html(item.content_html),
    authors: (item.authors ?? []).map((author) => author.name),
    categories: item.tags,
    enclosures: item.attachments?.map((attachment) => ({ url: attachment.url, type: attachment.mime_type, length: attachment.size_in_bytes })),
  };
}
