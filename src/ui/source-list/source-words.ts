import type { RunSourceStatus } from "@/domain/run-status";
import type { ListedSource, SourceCollection } from "@/domain/source-page";

/** Why nothing will collect the source as things are. */
export function noNextTryWords({ enabled, quarantinedAt, presets }: Pick<ListedSource, "enabled" | "quarantinedAt" | "presets">): string {
  if (quarantinedAt) return "In quarantine";
  if (!enabled) return "Off";
  if (presets.length === 0) return "In no preset";
  return presets.some(({ enabledHere }) => enabledHere) ? "Not scheduled" : "Off in its presets";
}

const WORDS: Record<RunSourceStatus, string> = {
  succeeded: "worked",
  not_modified: "found nothing changed",
  not_due: "came too soon",
  failed: "failed",
  cancelled: "cancelled",
  queued: "waiting",
  fetching: "going on",
};

/** "Last 20 collections: 17 worked, 2 found nothing changed, 1 failed. The last one failed." */
export function historyWords(history: readonly Pick<SourceCollection, "status">[]): string {
  const counts = new Map<RunSourceStatus, number>();
  for (const { status } of history) counts.set(status, (counts.get(status) ?? 0) + 1);
  const last = history.at(-1);
  if (!last) return "Not collected yet.";
  if (history.length === 1) return `The only collection ${WORDS[last.status]}.`;
  const parts = [...counts].map(([status, count]) => `${count} ${WORDS[status]}`);
  return `Last ${history.length} collections: ${parts.join(", ")}. The last one ${WORDS[last.status]}.`;
}

/** "Failed: The site answered 404.", or "Worked, 3 new items" */
export function collectionTitle({ status, newCount, message }: Pick<SourceCollection, "status" | "newCount" | "message">): string {
  const word = WORDS[status].replace(/^./, (first) => first.toUpperCase());
  if (status === "failed" && message) return `${word}: ${message}`;
  return status === "succeeded" ? `${word}, ${newCount === 1 ? "1 new item" : `${newCount} new items`}` : word;
}
