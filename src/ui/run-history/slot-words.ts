import { IconPlayerTrackNext } from "@tabler/icons-react";
import type { RecentSlot, SlotStatus } from "@/domain/run-history";
import { isActive } from "@/domain/run-status";
import { formatCount } from "@/ui/display/count";
import type { StatusLook } from "@/ui/display/status-badge";
import { RUN_STATUS_LOOKS } from "@/ui/runs/run-status-badge";
import { elapsedMs } from "@/ui/runs/run-words";
import { formatDuration } from "@/ui/time/duration";

/** Every outcome of a slot as people see it. */
export const SLOT_LOOKS: Record<SlotStatus, StatusLook> = {
  ...RUN_STATUS_LOOKS,
  passed_over: { tone: "quiet", icon: IconPlayerTrackNext, word: "Passed over" },
};

/** What a slot brought or why it brought nothing, in the order in which it is read: counts, duration, error. The status stands before it. */
export function slotParts(slot: RecentSlot, now: Date): string[] {
  const { status } = slot;
  if (status === "missed") return [slot.message ?? "No scheduler was there to start it."];
  if (status === "passed_over") return [`Run ${slot.runNumber} was started for a later slot instead.`];
  if (status === "skipped") return [slot.blockingRunNumber === null ? (slot.message ?? "It was left out.") : `Run ${slot.blockingRunNumber} was still going.`];
  const tookMs = elapsedMs(slot, now);
  return [
    slot.newCount === 1 ? "1 new item" : `${formatCount(slot.newCount)} new items`,
    slot.changedCount > 0 && `${formatCount(slot.changedCount)} changed`,
    slot.failedSourceCount > 0 && `${formatCount(slot.failedSourceCount)} of ${formatCount(slot.sourceCount)} sources failed`,
    tookMs !== null && `${isActive(status) ? "going for " : ""}${formatDuration(tookMs)}`,
    slot.message,
  ].filter((part) => typeof part === "string");
}

/** "Succeeded, 14 new items, 8 s" */
export function slotWords(slot: RecentSlot, now: Date): string {
  return [SLOT_LOOKS[slot.status].word, ...slotParts(slot, now)].join(", ");
}
