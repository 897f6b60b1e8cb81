import { resolveLink, tidyText } from "./clean-item";
import { htmlToText } from "./html-text";
import type { ItemDraft } from "./identify-items";
import { readDate } from "./read-date";

/** Text of which the feed says, or its format implies, whether it is HTML. */
export interface FeedText {
  value: string;
  isHtml: boolean;
}

/** A file that belongs to a record. */
export interface FeedFile {
  url?: string;
  type?: string;
  /** In bytes. */
  length?: number;
}

/** One record of a feed, the same for all formats. */
export interface FeedEntry {
  id?: string;
  link?: string;
  /** What relative links refer to, itself possibly relative to the feed. */
  base?: string;
  title?: FeedText;
  published?: string;
  updated?: string;
  summary?: FeedText;
  content?: FeedText;
  authors?: (string | undefined)[];
  categories?: (string | undefined)[];
  enclosures?: FeedFile[];
  image?: string;
  comments?: string;
}

const MAX_SUMMARY_LENGTH = 5000;

/** An item out of a feed's record. Summaries become plain text; content stays as the feed states it. */
export function draftOf(entry: FeedEntry, feedBase: string): ItemDraft {
  const base = resolveLink(entry.base, feedBase) ?? feedBase;
  const updated = readDate(entry.updated);
  const published = readDate(entry.published);
  return {
    key: entry.id,
    title: plainText(entry.title),
    url: resolveLink(entry.link, base),
    publishedAt: published ?? updated,
    fields: {
      author: namesOf(entry.authors)?.join(", "),
      categories: namesOf(entry.categories),
      summary: tidyText(plainText(entry.summary), MAX_SUMMARY_LENGTH),
      content: contentOf(entry),
      updatedAt: published && updated ? updated : undefined,
      comments: resolveLink(entry.comments, base),
      enclosures: enclosuresOf(entry, base),
      image: resolveLink(entry.image, base),
    },
  };
}

function plainText(text: FeedText | undefined): string | undefined {
  return text?.isHtml ? htmlToText(text.value) : text?.value;
}

/** The summary stands in where it has markup, or is cut: reducing it to text would lose what only it says. */
function contentOf({ content, summary }: FeedEntry): string | undefined {
  if (content) return content.value;
  if (!summary) return undefined;
  const isReduced = summary.value.length > MAX_SUMMARY_LENGTH || (summary.isHtml && /<[a-z]/i.test(summary.value));
  return isReduced ? summary.value : undefined;
}

function namesOf(texts: (string | undefined)[] | undefined): string[] | undefined {
  const names = new Set((texts ?? []).map((text) => tidyText(text)).filter((text) => text !== undefined));
  return names.size > 0 ? [...names] : undefined;
}

/** Each once: podcasts name theirs in several ways. */
function enclosuresOf({ enclosures = [] }: FeedEntry, base: string) {
  const byLink = new Map<string, FeedFile>();
  for (const file of enclosures) if (file.url !== undefined && !byLink.has(file.url)) byLink.set(file.url, file);
  const found = [...byLink.values()].map(({ url, ...rest }) => ({ url: resolveLink(url, base), ...rest })).filter(({ url }) => url !== undefined);
  return found.length > 0 ? found : undefined;
}
