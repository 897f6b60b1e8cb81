import { AppError } from "@/domain/errors";
import { formatInCity } from "@/domain/format-time";
import type { Schedule as ScheduleRow } from "@/generated/prisma/client";
import { type ChangedBy, changeSchedule, type ScheduleChange } from "./schedule-change";
import { getLockedSchedule } from "./schedule-lock";
import { toSchedule } from "./schedule-view";
import type { Tx } from "./transaction";

/**
 * Leaves out the next slot: when it comes, it is recorded as skipped. Changing the times, pausing or turning the schedule off forgets it.
 * @throws AppError `not_found`; `version_conflict` when the schedule was changed meanwhile, or when `slotAt` is not the next slot (any
 * more), naming the one that is.
 */
export async function skipNextSlot(tx: Tx, orgId: string, skip: { version: number; slotAt: Date }, by: ChangedBy): Promise<ScheduleChange> {
  const stored = await getLockedSchedule(tx, orgId, skip.version);
  if (stored.nextRunAt?.getTime() !== skip.slotAt.getTime()) throw notTheNext(stored);
  return changeSchedule(tx, stored, { skipSlotAt: skip.slotAt }, by);
}

/**
 * Lets the slot run after all. Without effect when none is left out, or when it has come already.
 * @throws AppError `not_found`, `version_conflict`.
 */
export async function unskipSlot(tx: Tx, orgId: string, version: number, by: ChangedBy): Promise<ScheduleChange> {
  const stored = await getLockedSchedule(tx, orgId, version);
  if (stored.skipSlotAt === null) return { schedule: await toSchedule(tx, stored), before: stored };
  return changeSchedule(tx, stored, { skipSlotAt: null }, by);
}

function notTheNext({ nextRunAt, timeZone, version }: ScheduleRow): AppError {
  const next = nextRunAt ? `The next one is now ${formatInCity(nextRunAt, timeZone)}.` : "There is no next run now.";
  return new AppError("version_conflict", `This is not the next run any more, so none was left out. ${next}`, { currentVersion: version, nextRunAt });
}
