import { AppError } from "@/domain/errors";
import { planPause, planResume, type SchedulePause } from "@/domain/pause";
import { isPaused } from "@/domain/pause-state";
import { type ChangedBy, changeSchedule, NO_PAUSE, type ScheduleChange, slotColumns } from "./schedule-change";
import { getLockedSchedule } from "./schedule-lock";
import { toSchedule } from "./schedule-view";
import type { Tx } from "./transaction";

/**
 * Pauses the schedule: no slot runs before `until`, or before somebody resumes it. A slot exactly at `until` runs; slots in between are
 * not missed and leave no row. Pausing again replaces the pause, its note and its end. A run that is going goes on.
 * @throws AppError `not_found`, `version_conflict`, `validation` when the schedule is off or `until` is not in the future.
 */
export async function pauseSchedule(tx: Tx, orgId: string, pause: SchedulePause, by: ChangedBy): Promise<ScheduleChange> {
  const stored = await getLockedSchedule(tx, orgId, pause.version);
  if (!stored.enabled) {
    throw new AppError("validation", "The schedule is off, so there is nothing to pause. Turn it on first.", { field: "enabled" });
  }
  const pausedUntil = pause.until ?? null;
  const position = planPause(stored, pausedUntil, by.now);
  const pauseNote = pause.note || null;
  const columns = { pausedAt: by.now, pausedUntil, pauseNote, pausedById: by.actorId, skipSlotAt: null };
  return changeSchedule(tx, stored, { ...columns, ...slotColumns(position, stored) }, by);
}

/**
 * Ends the pause: the next slot after now runs, none of the past does, and failures of before count no more towards the automatic pause.
 * Resuming what is not paused changes nothing.
 * @throws AppError `not_found`, `version_conflict`, `validation` when the next slot cannot be computed.
 */
export async function resumeSchedule(tx: Tx, orgId: string, version: number, by: ChangedBy): Promise<ScheduleChange> {
  const stored = await getLockedSchedule(tx, orgId, version);
  if (!isPaused(stored, by.now)) return { schedule: await toSchedule(tx, stored), before: stored };
  const position = slotColumns(planResume(stored, by.now), stored);
  return changeSchedule(tx, stored, { ...NO_PAUSE, ...position, resumedAt: by.now, problem: null }, by);
}
