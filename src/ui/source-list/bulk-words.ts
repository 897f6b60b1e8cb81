import type { SourceOutcome } from "@/domain/source-bulk";
import { formatCount } from "@/ui/display/count";
import { sourcesWords } from "@/ui/sources/sources-words";

/** What was done with many sources at once. */
export type BulkAct = "on" | "off" | "remove" | "add";

const DONE: Record<BulkAct, string> = { on: "turned on", off: "turned off", remove: "deleted", add: "added" };
const UNCHANGED: Record<BulkAct, string> = { on: "on already", off: "off already", remove: "", add: "in the preset already" };

/** "12 sources turned off, 2 off already, 1 refused." */
export function bulkSummary(act: BulkAct, outcomes: readonly Pick<SourceOutcome, "outcome">[]): string {
  const count = (wanted: SourceOutcome["outcome"]) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  const [done, unchanged, refused] = [count("done"), count("unchanged"), count("refused")];
  const parts = [
    `${sourcesWords(done)} ${DONE[act]}`,
    unchanged > 0 && `${formatCount(unchanged)} ${UNCHANGED[act]}`,
    refused > 0 && `${formatCount(refused)} ${act === "remove" ? "not deleted" : "not changed"}`,
  ];
  return `${parts.filter((part) => part !== false).join(", ")}.`;
}
