import { nextOccurrence } from "@/domain/occurrences";
import type { Schedule } from "@/domain/schedule";
import { resolveTimeZone } from "@/domain/time-zone";
import type { Schedule as ScheduleRow } from "@/generated/prisma/client";
import { findActorNames } from "./actor-names";
import { findFailureStreak } from "./failure-streak";
import type { Tx } from "./transaction";

/** A schedule as the page shows it: with the names of people and API keys, the slot after the one that is left out, and how its runs have been failing. */
export async function toSchedule(tx: Tx, row: ScheduleRow): Promise<Schedule> {
  const nameOf = await findActorNames(tx, [row.updatedById, row.pausedById]);
  return {
    ...row,
    updatedByName: (row.updatedById && nameOf.get(row.updatedById)) || null,
    // Without a name the pause would be taken for Milkrun's own.
    pausedByName: row.pausedById && (nameOf.get(row.pausedById) ?? "A former member"),
    slotAfterSkipAt: slotAfterSkip(row),
    failureStreak: row.enabled ? await findFailureStreak(tx, row.orgId, row.resumedAt) : null,
  };
}

/** The slot after the one that is left out; null when none is. */
export function slotAfterSkip({ cronExpression, timeZone, skipSlotAt }: Pick<ScheduleRow, "cronExpression" | "timeZone" | "skipSlotAt">): Date | null {
  // A zone can vanish with an update of the time zone data; then the page shows the schedule's problem instead.
  if (skipSlotAt === null || !resolveTimeZone(timeZone).ok) return null;
  return nextOccurrence(cronExpression, timeZone, skipSlotAt);
}
