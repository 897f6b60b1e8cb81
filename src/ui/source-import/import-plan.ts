import { type ImportEntry, type ImportOutcome, type KnownSource, LONGEST_CONFIG, planImport } from "@/domain/source-import";
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

/** Reads a list as the server will judge it, before anything is sent. */
export function planText(text: string, stored: readonly KnownSource[]): TextPlan {
  const listed = readSourceList(text);
  const entries = listed.filter(({ problem }) => problem === null).map(entryOf);
  const unread = listed.flatMap(({ line, url, name, problem }): ImportOutcome[] =>
    problem === null ? [] : [{ line, url, name: name ?? "", outcome: "failed", reason: problem }],
  );
  return { entries, unread, outcomes: withUnread(planImport(entries, stored).outcomes, unread) };
}

function entryOf({ line, url, name, kind, config }: SourceEntry): ImportEntry {
  const cut = (text: string | null, length: number) => text?.slice(0, length) ?? null;
  return { line, url: url.slice(0, LONGEST_URL), name: cut(name, LONGEST_NAME), kind: cut(kind, LONGEST_KIND), config: cut(config, LONGEST_CONFIG) };
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
