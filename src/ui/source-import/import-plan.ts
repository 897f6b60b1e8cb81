import { type KnownSource, planImport } from "@/domain/import-plan";
import { LONGEST_HEADER_NAME, MOST_HEADERS } from "@/domain/source-header";
import { type ImportEntry, type ImportOutcome, LONGEST_CONFIG } from "@/domain/source-import";
import { readSourceList, type SourceEntry } from "@/domain/source-list";

/** What a text would add, entry by entry. */
export interface TextPlan {
  /** What the server is asked to import: all that could be read. */
  entries: ImportEntry[];
  outcomes: ImportOutcome[];
  /** Those of the outcomes that the server is not asked about. */
  unread: ImportOutcome[];
}

/** Beyond these it is refused or cut anyway, and one entry must not cost the others: a request has a largest size. */
const [LONGEST_NAME, LONGEST_URL, LONGEST_KIND] = [200, 2_100, 100];

/** One entry of a list and what becomes of it. */
export interface PlannedLine {
  /** As it is sent; null where nothing could be read. */
  entry: ImportEntry | null;
  outcome: ImportOutcome;
}

/** Reads a list as the server will judge it, before anything is sent. */
export function planLines(text: string, stored: readonly KnownSource[]): PlannedLine[] {
  const listed = readSourceList(text);
  const entries = listed.filter(({ problem }) => problem === null).map(entryOf);
  const read = planImport(entries, stored).outcomes.map((outcome, place) => ({ entry: entries[place] ?? null, outcome }));
  const unread = listed.flatMap(({ line, url, name, problem }): PlannedLine[] =>
    problem === null ? [] : [{ entry: null, outcome: { line, url, name: name ?? "", outcome: "failed", reason: problem, off: false } }],
  );
  return [...read, ...unread].sort((one, other) => one.outcome.line - other.outcome.line);
}

/** The same, as the import takes it. */
export function planText(text: string, stored: readonly KnownSource[]): TextPlan {
  const lines = planLines(text, stored);
  return {
    entries: lines.flatMap(({ entry }) => entry ?? []),
    outcomes: lines.map(({ outcome }) => outcome),
    unread: lines.flatMap(({ entry, outcome }) => (entry === null ? outcome : [])),
  };
}

function entryOf({ problem: _, url, name, kind, config, headers, ...own }: SourceEntry): ImportEntry {
  const cut = (text: string | null, length: number) => text?.slice(0, length) ?? null;
  return {
    ...own,
    url: url.slice(0, LONGEST_URL),
    name: cut(name, LONGEST_NAME),
    kind: cut(kind, LONGEST_KIND),
    config: cut(config, LONGEST_CONFIG),
    headers: headers.slice(0, MOST_HEADERS).map((header) => header.slice(0, LONGEST_HEADER_NAME)),
  };
}

/** What the server said of the entries that it was sent, and what could not even be read, by lines. */
export function withUnread(outcomes: readonly ImportOutcome[], unread: readonly ImportOutcome[]): ImportOutcome[] {
  return [...outcomes, ...unread].sort((one, other) => one.line - other.line);
}

/** How many entries have each outcome. */
export function countOutcomes(outcomes: readonly Pick<ImportOutcome, "outcome">[]): Record<ImportOutcome["outcome"], number> {
  const counts = { added: 0, known: 0, failed: 0 };
  for (const { outcome } of outcomes) counts[outcome] += 1;
  return counts;
}
