import { z } from "zod";
import { AppError } from "./errors";
import { nextOccurrence } from "./occurrences";
import { PAUSE_NOTE_MAX, pauseEndProblem } from "./pause-state";

/** A pause. Without `until` it lasts until a person resumes the schedule. */
export const schedulePauseSchema = z.object({
  /** The version that the person saw. */
  version: z.int().positive(),
  note: z.string().trim().max(PAUSE_NOTE_MAX, `Keep the note under ${PAUSE_NOTE_MAX} characters.`).optional(),
  /** In the future, by the database's clock. A slot exactly then runs. */
  until: z.date("Pick a date and a time.").optional(),
});
export type SchedulePause = z.infer<typeof schedulePauseSchema>;

/** From where on slots count, and the first of them. */
export interface SlotPosition {
  /** Slots at or before this instant never run. */
  lowerBoundAt: Date;
  nextRunAt: Date | null;
}

/** A schedule's times. */
interface Times {
  cronExpression: string;
  timeZone: string;
}

/** Where slots go on when a pause ends at this instant: a slot exactly then runs, so that nobody has to be awake for it. */
function resumeBound(until: Date): Date {
  return new Date(until.getTime() - 1);
}

/**
 * What a pause that begins `now` does to the slots: none until its end, and none at all without an end. Resuming by hand moves the bound
 * again; a pause with an end needs nothing more than that its next slot is dispatched.
 * @throws AppError `validation` at `until` for an end that is not in the future, and as `nextOccurrence` does.
 */
export function planPause({ cronExpression, timeZone }: Times, until: Date | null, now: Date): SlotPosition {
  if (until === null) return { lowerBoundAt: now, nextRunAt: null };
  const problem = pauseEndProblem(until, now);
  if (problem !== null) throw new AppError("validation", problem, { field: "until" });
  const lowerBoundAt = resumeBound(until);
  return { lowerBoundAt, nextRunAt: nextOccurrence(cronExpression, timeZone, lowerBoundAt) };
}

/**
 * What resuming by hand does: slots of the past never run, those after `now` do.
 * @throws AppError `validation` as `nextOccurrence` does.
 */
export function planResume({ cronExpression, timeZone }: Times, now: Date): SlotPosition {
  return { lowerBoundAt: now, nextRunAt: nextOccurrence(cronExpression, timeZone, now) };
}
