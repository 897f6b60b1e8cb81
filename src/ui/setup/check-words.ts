import type { ImportEntry } from "@/domain/source-import";
import { sourcesWords } from "@/ui/sources/sources-words";
import type { SourceCheck } from "./use-source-checks";

/** How far the tests are. */
export interface CheckSummary {
  isDone: boolean;
  /** What can be added: what works, and what comes in turned off. */
  ready: ImportEntry[];
  words: string;
}

/** What the tests have found so far, in a sentence or two. */
export function summarizeChecks(checks: readonly SourceCheck[]): CheckSummary {
  const ready = checks.flatMap(({ outcome }) => (outcome.state === "works" || outcome.state === "off" ? outcome.entry : []));
  const countOf = (state: SourceCheck["outcome"]["state"]) => checks.filter(({ outcome }) => outcome.state === state).length;
  const [works, fails, off] = [countOf("works"), countOf("fails"), countOf("off")];
  const [tested, all] = [works + fails, checks.length - off];
  if (tested < all) return { isDone: false, ready, words: `Tested ${tested} of ${all}.` };
  return { isDone: true, ready, words: [testedWords(works, fails), offWords(off)].filter(Boolean).join(" ") };
}

function testedWords(works: number, fails: number): string {
  if (works + fails === 0) return "";
  if (fails === 0) return works === 1 ? "It works." : `All ${works} work.`;
  if (works === 0) return fails === 1 ? "It does not work." : `None of the ${fails} works.`;
  return `${works} of ${works + fails} work. Those that do not are left out; you can add them by hand later.`;
}

function offWords(off: number): string {
  if (off === 0) return "";
  return off === 1 ? "1 comes in turned off, untested." : `${off} come in turned off, untested.`;
}

/** "Add 3 sources" */
export function addLabel(count: number): string {
  return `Add ${sourcesWords(count)}`;
}
