import type { AtomFeed, JsonFeed, parseFeed as parseAnyFeed, RdfFeed, RssFeed } from "feedsmith";
import type { FeedEntry, FeedText } from "./feed-entry";
import { alternateLink, guidLink, webAddress } from "./feed-link";
import { imageOf, mediaFiles } from "./feed-media";

type AnyFeed = ReturnType<typeof parseAnyFeed<string>>;

export interface FeedRecords {
  title?: string;
  /** What relative links refer to, when the feed says so. */
  base?: string;
  entries: FeedEntry[];
  /** The document ends within an entry, which is left out unless it is the only one. */
  isCutOff?: true;
}

/** One shape for the four formats that feedsmith tells apart. */
export function recordsOf(parsed: AnyFeed): FeedRecords {
  switch (parsed.format) {
    case "rss":
      return { title: parsed.feed.title, base: parsed.feed.xml?.base, entries: (parsed.feed.items ?? []).map(rssEntry) };
    case "rdf":
      return { title: parsed.feed.title, base: parsed.feed.xml?.base, entries: (parsed.feed.items ?? []).map(rdfEntry) };
    case "atom":
      return {
        title: atomText(parsed.feed.title)?.value,
        base: parsed.feed.xml?.base,
        entries: withAuthors((parsed.feed.entries ?? []).map(atomEntry), personNames(parsed.feed.authors)),
      };
    case "json":
      return {
        title: parsed.feed.title,
        base: parsed.feed.home_page_url,
        entries: withAuthors((parsed.feed.items ?? []).map(jsonEntry), personNames(parsed.feed.authors)),
      };
  }
}

/** RFC 4287, section 4.2.1, and JSON Feed 1.1: who wrote the feed wrote what does not say otherwise. */
function withAuthors(entries: FeedEntry[], authors: (string | undefined)[]): FeedEntry[] {
  return authors.length === 0 ? entries : entries.map((entry) => (entry.authors?.length ? entry : { ...entry, authors }));
}

function personNames(people: { name?: string; email?: string }[] | undefined): (string | undefined)[] {
  return (people ?? []).map(({ name, email }) => name ?? email);
}

function html(value: string | undefined): FeedText | undefined {
  return value === undefined ? undefined : { value, isHtml: true };
}

function plain(value: string | undefined): FeedText | undefined {
  return value === undefined ? undefined : { value, isHtml: false };
}

function rssEntry(item: RssFeed.Item<string>): FeedEntry {
  const { guid, atom, dc, dcterms, itunes, media } = item;
  return {
    id: guid?.value ?? atom?.id,
    link: item.link ?? alternateLink(atom?.links) ?? guidLink(guid),
    base: item.xml?.base,
    title: html(item.title ?? dc?.titles?.[0] ?? itunes?.title ?? media?.title?.value) ?? atomText(atom?.title),
    published: item.pubDate ?? dc?.dates?.[0] ?? atom?.published ?? dcterms?.created?.[0] ?? dcterms?.issued?.[0],
    updated: atom?.updated ?? dcterms?.modified?.[0],
    summary: html(item.description ?? dc?.descriptions?.[0] ?? itunes?.summary) ?? atomText(atom?.summary) ?? html(media?.description?.value),
    content: html(item.content?.encoded) ?? atomText(atom?.content),
    authors: [...personNames(item.authors), ...(dc?.creators ?? []), itunes?.author, ...personNames(atom?.authors)],
    categories: [
      ...(item.categories ?? []).map((category) => category.name),
      ...(dc?.subjects ?? []),
      ...atomCategories(atom?.categories),
      ...(itunes?.keywords ?? []),
      ...(media?.keywords ?? []),
    ],
    enclosures: [...(item.enclosures ?? []), ...mediaFiles(media)],
    image: itunes?.image ?? imageOf(media),
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
  const { content, dc, media } = entry;
  const links = entry.links ?? [];
  const files = links.filter((link) => link.rel === "enclosure").map(({ href, type, length }) => ({ url: href, type, length }));
  return {
    id: entry.id,
    link: alternateLink(links) ?? content?.src ?? webAddress(entry.id),
    base: entry.xml?.base,
    title: atomText(entry.title) ?? html(media?.title?.value ?? media?.groups?.[0]?.title?.value),
    published: entry.published ?? dc?.dates?.[0],
    updated: entry.updated,
    summary: atomText(entry.summary) ?? html(media?.description?.value ?? media?.groups?.[0]?.description?.value),
    content: atomText(content),
    authors: [...personNames(entry.authors ?? entry.source?.authors), ...(dc?.creators ?? [])],
    categories: [...atomCategories(entry.categories), ...(dc?.subjects ?? [])],
    enclosures: [...files, ...mediaFiles(media)],
    image: imageOf(media),
  };
}

function atomCategories(categories: Partial<AtomFeed.Category>[] | undefined): (string | undefined)[] {
  return (categories ?? []).map((category) => category.label ?? category.term);
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
    content: html(item.content_html) ?? (item.summary === undefined ? undefined : plain(item.content_text)),
    authors: personNames(item.authors),
    categories: item.tags,
    image: item.image ?? item.banner_image,
    enclosures: item.attachments?.map((attachment) => ({ url: attachment.url, type: attachment.mime_type, length: attachment.size_in_bytes })),
  };
}
