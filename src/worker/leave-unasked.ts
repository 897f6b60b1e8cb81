import type { NotDueSource, PendingSource } from "@/db/run-sources";
import { comeBackAt } from "@/domain/pace";
import type { RunTrigger } from "@/domain/run-status";

/**
 * The sources that a run does not ask, because they want to be asked again later only. Of runs of the schedule alone: a person who starts a run
 * wants to have it, and so does a program. What the run has begun to collect it collects.
 * @param now By the clock that the readings were noted by.
 */
export function leaveUnasked(pending: readonly PendingSource[], trigger: RunTrigger, now: Date): NotDueSource[] {
  if (trigger !== "schedule") return [];
  return pending.flatMap((source) => {
    const { reading, definition, attempts } = source;
    const at = reading && attempts === 0 && !definition.config.everyRun ? comeBackAt(reading.pace, reading.readAt, now) : null;
    return at ? [{ ...source, comeBackAt: at, inMs: at.getTime() - now.getTime() }] : [];
  });
}
