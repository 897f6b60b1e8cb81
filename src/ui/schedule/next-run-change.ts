import type { Schedule, SchedulePreview } from "@/domain/schedule";
import { comingRun } from "./coming-run";
import type { PlannedRun } from "./next-run-shift";
import type { ScheduleDraft } from "./schedule-draft";

/** The next run as it is stored and as saving would make it. */
export interface NextRunChange {
  stored: PlannedRun;
  changed: PlannedRun;
}

/**
 * What saving the draft does to the next run; null where none is planned, where the times stay, and while the preview of the draft is on
 * its way or refuses it.
 */
export function nextRunChange(schedule: Schedule | null, isPaused: boolean, draft: ScheduleDraft, preview: SchedulePreview | undefined): NextRunChange | null {
  if (!schedule?.enabled || (isPaused && schedule.pausedUntil === null)) return null;
  const stored = comingRun(schedule);
  const movesTimes = schedule.cronExpression !== draft.cronExpression || schedule.timeZone !== draft.timeZone;
  // Another time forgets which slot was to be left out: the first row counts.
  const first = preview?.ok ? preview.rows[0] : undefined;
  if (!stored || !first || !movesTimes) return null;
  return { stored: { at: stored.at, timeZone: schedule.timeZone }, changed: { at: first.at, timeZone: draft.timeZone } };
}
