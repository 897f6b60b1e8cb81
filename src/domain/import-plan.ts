import type { SourceDefinition } from "./source";
import { addressKey } from "./source-address";
import { type ImportEntry, type ImportOutcome, readEntry, whyOff } from "./source-import";

/** A source that is there. */
export interface KnownSource {
  id: string;
  name: string;
  url: string;
}

/** What becomes of a list, entry by entry. */
export interface ImportPlan {
  outcomes: ImportOutcome[];
  /** What is new, in the list's order. */
  add: (SourceDefinition & { enabled: boolean })[];
  /** Sources that are there and that the list names, each once. */
  known: KnownSource[];
}

/** Why a definition cannot be used; null where it can. */
type FindProblem = (definition: SourceDefinition) => string | null;

/**
 * Decides what becomes of each entry of a list. An address is known whatever name it has there.
 * @param findProblem what else there is to be checked
 */
export function planImport(entries: readonly ImportEntry[], stored: readonly KnownSource[], findProblem: FindProblem = () => null): ImportPlan {
  const findStored = createStoredFinder(entries, stored);
  const lineByAddress = new Map<string, number>();
  const plan: ImportPlan = { outcomes: [], add: [], known: [] };
  for (const entry of entries) {
    const judged = judge(entry);
    plan.outcomes.push({ line: entry.line, url: entry.url, ...judged, off: judged.outcome === "added" && judged.reason !== null });
  }
  return plan;

  function judge(entry: ImportEntry): Pick<ImportOutcome, "name" | "outcome" | "reason"> {
    const read = readEntry(entry);
    const problem = read.ok ? findProblem(read.definition) : read.problem;
    if (!read.ok || problem !== null) return { name: entry.name ?? "", outcome: "failed", reason: problem };
    const { name, url } = read.definition;
    const earlier = lineByAddress.get(addressKey(url));
    if (earlier !== undefined && !entry.sharesAddress) return { name, outcome: "known", reason: `The same address stands in line ${earlier}.` };
    lineByAddress.set(addressKey(url), earlier ?? entry.line);
    const known = findStored(read.definition);
    if (known) {
      plan.known.push(known);
      return { name, outcome: "known", reason: `It is the source “${known.name}” already.` };
    }
    const reason = whyOff(entry);
    plan.add.push({ ...read.definition, enabled: reason === null });
    return { name, outcome: "added", reason };
  }
}

/**
 * Finds the stored source that a source of the list is: of those with its address, each of which is found once, the one with its name, or else
 * one that is none of the others that the list has at this address.
 */
function createStoredFinder(entries: readonly ImportEntry[], stored: readonly KnownSource[]): (source: SourceDefinition) => KnownSource | undefined {
  const left = new Map<string, KnownSource[]>();
  for (const source of stored) {
    const there = left.get(addressKey(source.url));
    if (there) there.push(source);
    else left.set(addressKey(source.url), [source]);
  }
  const others = new Set(entries.filter(({ sharesAddress }) => sharesAddress).map(({ url, name }) => JSON.stringify([addressKey(url), name])));
  return ({ url, name }) => {
    const key = addressKey(url);
    const there = left.get(key) ?? [];
    const found = there.find((source) => source.name === name) ?? there.find((source) => !others.has(JSON.stringify([key, source.name])));
    left.set(
      key,
      there.filter((source) => source !== found),
    );
    return found;
  };
}
