import type { FeedRecords } from "./feed-entries";
import type { FeedEntry } from "./feed-entry";
import { readLooseFeed } from "./feed-loose";

interface Gap {
  isIn(entry: FeedEntry): boolean;
  /** What the document has where the strict reader may have passed something over. */
  tag: RegExp;
  /** One for each entry, and not only some of the feed's own. */
  perEntry?: true;
}

const GAPS: Gap[] = [
  { isIn: ({ link }) => link === undefined, tag: /<link[\s>/]/gi, perEntry: true },
  { isIn: ({ published, updated }) => published === undefined && updated === undefined, tag: /<(?:published|updated|modified|issued|created|date)[\s>]/gi },
  { isIn: ({ summary, content }) => summary === undefined && content === undefined, tag: /<(?:\w+:)?(?:body|fullitem|abstract)[\s>]/gi },
];

/** More take the loose reader longer than a document may. */
const MOST_ENTRIES = 1000;

/**
 * Fills what entries lack with what the loose reader finds: feeds mix formats, and have Atom's `<link href>` and `<updated>` in RSS, an empty
 * element before the full one, or their text in a `<body>`. Reads a second time only where there is such a gap and something to fill it.
 */
export function fillGaps(strict: FeedRecords, text: string): FeedRecords {
  const { entries } = strict;
  if (entries.length > MOST_ENTRIES) return strict;
  const hasGap = GAPS.some(({ isIn, tag, perEntry }) => entries.some(isIn) && (text.match(tag)?.length ?? 0) >= (perEntry ? entries.length : 1));
  const loose = hasGap ? readLooseFeed(text) : undefined;
  if (loose?.entries.length !== entries.length) return strict;
  return { ...strict, entries: entries.map((entry, index) => filled(entry, loose.entries[index])) };
}

function filled(entry: FeedEntry, loose: FeedEntry | undefined): FeedEntry {
  return { ...loose, ...Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined && !isEmptyList(value))) };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
