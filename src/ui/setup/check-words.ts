import type { SourceDefinition } from "@/domain/source";
import { sourcesWords } from "@/ui/sources/sources-words";
import type { SourceCheck } from "./use-source-checks";

/** How far the tests are. */
export interface CheckSummary {
  isDone: boolean;
  /** What can be added. */
  working: SourceDefinition[];
  words: string;
}

/** What the tests have found so far, in one sentence. */
export function summarizeChecks(checks: readonly SourceCheck[]): CheckSummary {
  const working = checks.flatMap(({ outcome }) => (outcome.state === "works" ? [outcome.definition] : []));
  const failing = checks.filter(({ outcome }) => outcome.state === "fails").length;
  const done = working.length + failing;
  const isDone = done === checks.length;
  if (!isDone) return { isDone, working, words: `Tested ${done} of ${checks.length}.` };
  if (failing === 0) return { isDone, working, words: working.length === 1 ? "It works." : `All ${working.length} work.` };
  if (working.length === 0) return { isDone, working, words: failing === 1 ? "It does not work." : `None of the ${failing} works.` };
  return { isDone, working, words: `${working.length} of ${checks.length} work. Those that do not are left out; you can add them by hand later.` };
}

/** "Add 3 sources" */
export function addLabel(count: number): string {
  return `Add ${sourcesWords(count)}`;
}
