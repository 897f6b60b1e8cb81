import type { FeedRecords } from "./feed-entries";
import type { FeedEntry } from "./feed-entry";

interface Gap {
  /** An entry that has none of them lacks them all. */
  fields: (keyof FeedEntry)[];
  /** What the document has where the strict reader may have passed something over. */
  tag: RegExp;
  /** One for each entry, and not only some of the feed's own. */
  perEntry?: true;
}

const GAPS: Gap[] = [
  { fields: ["id"], tag: /<(?:id|guid)[\s>]/gi, perEntry: true },
  { fields: ["link"], tag: /<link[\s>/]/gi, perEntry: true },
  { fields: ["title"], tag: /<title[\s>]/gi, perEntry: true },
  { fields: ["published", "updated"], tag: /<pubDate[\s>]/gi, perEntry: true },
  { fields: ["published", "updated"], tag: /<(?:published|updated|modified|issued|created|date)[\s>]/gi },
  { fields: ["summary", "content"], tag: /<description[\s>]/gi, perEntry: true },
  { fields: ["summary", "content"], tag: /<(?:\w+:)?(?:body|fullitem|abstract|summary)[\s>]/gi },
  { fields: ["enclosures"], tag: /<link\s[^<>]{0,300}?rel\s*=\s*["']enclosure/gi },
];

/** More take the loose reader longer than a document may. */
const MOST_ENTRIES = 1000;

/**
 * Fills what entries lack with what the loose reader finds, `readLoose`: feeds mix formats, and have Atom's `<id>`, `<link href>` and `<updated>`
 * in RSS, an empty element before the full one, an end without a beginning, or their text in a `<body>`. Reads a second time only where there is
 * such a gap and something to fill it. Nothing else of an entry changes: what it is, and what it is known again by, must not depend on what the
 * other entries lack.
 */
export function fillGaps(strict: FeedRecords, text: string, readLoose: (text: string) => FeedRecords | undefined): FeedRecords {
  const { entries } = strict;
  if (entries.length > MOST_ENTRIES) return strict;
  const gaps = GAPS.filter((gap) => entries.some((entry) => isIn(entry, gap)) && (text.match(gap.tag)?.length ?? 0) >= (gap.perEntry ? entries.length : 1));
  const loose = gaps.length > 0 ? readLoose(text) : undefined;
  if (loose?.entries.length !== entries.length) return strict;
  return { ...strict, entries: entries.map((entry, index) => filled(entry, gaps, loose.entries[index])) };
}

function isIn(entry: FeedEntry, { fields }: Gap): boolean {
  return fields.map((field) => entry[field]).every((value) => value === undefined || (Array.isArray(value) && value.length === 0));
}

function filled(entry: FeedEntry, gaps: Gap[], loose: FeedEntry | undefined): FeedEntry {
  const missing = gaps.filter((gap) => isIn(entry, gap)).flatMap(({ fields }) => fields);
  return { ...entry, ...Object.fromEntries(missing.map((field) => [field, loose?.[field]])) };
}
