import { formatLocalClock } from "@/domain/format-time";
import { formatLocalTime, instantOfLocal, type LocalInstant, parseLocalTime } from "@/domain/local-instant";
import type { SchedulePause } from "@/domain/pause";
import { isPaused, PAUSE_NOTE_MAX, pauseEndProblem } from "@/domain/pause-state";
import type { Schedule } from "@/domain/schedule";
import { offsetMsAt } from "@/domain/time-zone";

/** The fields of the pause dialog as they stand on the screen. */
export interface PauseDraft {
  note: string;
  ends: "by_hand" | "at_time";
  /** As a date-time field holds it, on the clock of the schedule's zone. */
  localTime: string;
}

export interface PauseErrors {
  note?: string;
  until?: string;
}

/** An instant on the zone's clock, as a date-time field holds it. */
export function fieldTime(at: Date, timeZone: string): string {
  return formatLocalTime(at.getTime() + offsetMsAt(timeZone, at));
}

/** The pause that is there, or an empty one. */
export function pauseDraftOf(schedule: Schedule, now: Date): PauseDraft {
  const { pauseNote, pausedUntil, pausedByName, timeZone } = schedule;
  if (!isPaused(schedule, now)) return { note: "", ends: "by_hand", localTime: "" };
  // Milkrun's own reason is no person's note.
  const note = pausedByName === null ? "" : (pauseNote ?? "");
  return pausedUntil ? { note, ends: "at_time", localTime: fieldTime(pausedUntil, timeZone) } : { note, ends: "by_hand", localTime: "" };
}

/** When the pause ends, or null while the fields do not say. */
export function pauseEnd({ localTime }: PauseDraft, timeZone: string): LocalInstant | null {
  const localMs = parseLocalTime(localTime);
  return localMs === null ? null : instantOfLocal(localMs, timeZone);
}

/** What keeps the pause from being made. */
export function checkPauseDraft(draft: PauseDraft, timeZone: string, now: Date): PauseErrors {
  const errors: PauseErrors = {};
  if (draft.note.trim().length > PAUSE_NOTE_MAX) errors.note = `Keep the note under ${PAUSE_NOTE_MAX} characters.`;
  if (draft.ends === "by_hand") return errors;
  const end = pauseEnd(draft, timeZone);
  const problem = end ? pauseEndProblem(end.at, now) : "Pick a date and a time.";
  if (problem) errors.until = problem;
  return errors;
}

/** The pause as the server takes it. */
export function toPause(draft: PauseDraft, { version, timeZone }: Schedule): SchedulePause {
  const note = draft.note.trim();
  const end = draft.ends === "at_time" ? pauseEnd(draft, timeZone) : null;
  return { version, ...(note && { note }), ...(end && { until: end.at }) };
}

/** What a clock change does to the chosen end, or null. */
export function endNote({ at, effect }: LocalInstant, localTime: string, timeZone: string): string | null {
  const chosen = localTime.slice(11, 16);
  if (effect === "first_pass") return `Clocks go back then, and ${chosen} comes twice: it resumes at the first.`;
  if (effect === "moved")
    return `Clocks go forward then, and ${chosen} does not exist: it resumes at ${formatLocalClock(at.getTime() + offsetMsAt(timeZone, at))}.`;
  return null;
}
