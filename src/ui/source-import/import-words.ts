import { IconAlertTriangle, IconCircleCheck, IconCirclePlus, IconEqual } from "@tabler/icons-react";
import type { ImportOutcome } from "@/domain/source-import";
import { formatCount } from "@/ui/display/count";
import type { StatusLook } from "@/ui/display/status-badge";
import { sourcesWords } from "@/ui/sources/sources-words";
import { countOutcomes } from "./import-plan";

/** Before the import and after it. */
export function outcomeLook(outcome: ImportOutcome["outcome"], isDone: boolean): StatusLook {
  if (outcome === "failed") return { tone: "bad", icon: IconAlertTriangle, word: "Failed" };
  if (outcome === "known") return { tone: "quiet", icon: IconEqual, word: "Already there" };
  return isDone ? { tone: "good", icon: IconCircleCheck, word: "Added" } : { tone: "busy", icon: IconCirclePlus, word: "New" };
}

/** "297 new (3 turned off), 2 already there, 1 failed." */
export function importSummary(outcomes: readonly ImportOutcome[], isDone: boolean): string {
  const { added, known, failed } = countOutcomes(outcomes);
  const off = outcomes.filter((outcome) => outcome.off).length;
  const parts = [
    `${formatCount(added)} ${isDone ? "added" : "new"}${off > 0 ? ` (${formatCount(off)} turned off)` : ""}`,
    known > 0 && `${formatCount(known)} already there`,
    failed > 0 && `${formatCount(failed)} failed`,
  ];
  return `${parts.filter((part) => part !== false).join(", ")}.`;
}

/** What the button does; null where an import would change nothing. */
export function importLabel(outcomes: readonly ImportOutcome[], hasPreset: boolean): string | null {
  const { added, known } = countOutcomes(outcomes);
  if (added > 0) return `Import ${sourcesWords(added)}`;
  return known > 0 && hasPreset ? `Add ${sourcesWords(known)} to the preset` : null;
}
