import type { z } from "zod";
import { clockChangeEffect, clockChangeHeading } from "./clock-change-words";
import { clockChanges } from "./clock-changes";
import { parseCron } from "./cron-expression";
import { cronNotes, overlapNote, parseCronForZone, spacingRefusal } from "./cron-notes";
import { describeCron } from "./describe-cron";
import { AppError } from "./errors";
import { formatLocalClock, formatLocalDate } from "./format-time";
import { type ExplainedOccurrence, explainOccurrences } from "./occurrences";
import { previewStartProblem } from "./preview-start";
import { runsPerMonth } from "./runs-per-month";
import type { SchedulePreview, schedulePreviewInputSchema } from "./schedule";
import { spreadOffsetMs } from "./spread";
import { steadyTimes } from "./steady-times";
import { resolveTimeZone } from "./time-zone";
import { refuseTimeZone } from "./time-zone-refusal";

/** What a schedule is judged against. */
export interface TimingRules {
  now: Date;
  /** The shortest time between two slots that the operator allows. */
  minimumSpacingMs: number;
}

/** Whose schedule it is. */
interface PreviewedOrganization {
  orgId: string;
  /** How long its runs take (95th percentile), in ms; null when too few have been. */
  usualRunMs: number | null;
}

type PreviewInput = z.output<typeof schedulePreviewInputSchema>;
type Shown = Extract<SchedulePreview, { ok: true }>;

/** Why these times cannot be scheduled, at the field that is wrong. */
export type TimingProblem = Extract<SchedulePreview, { ok: false }>;

/**
 * What is wrong with an expression and a zone, or null when they may be saved: the one check behind the preview and the
 * saving. Knows the present, so that it refuses what never comes and what comes too often.
 */
export function findTimingProblem(cronExpression: string, timeZone: string, rules: TimingRules): TimingProblem | null {
  const parsed = parseCron(cronExpression);
  if (!parsed.ok) return { ok: false, input: "cronExpression", cronField: parsed.field, message: parsed.message };
  if (!resolveTimeZone(timeZone).ok) return { ok: false, input: "timeZone", cronField: null, message: refuseTimeZone(timeZone) };
  const coming = parseCronForZone(cronExpression, timeZone, rules.now);
  if (!coming.ok) return { ok: false, input: "cronExpression", cronField: coming.field, message: coming.message };
  const tooOften = spacingRefusal(cronExpression, timeZone, rules.now, rules.minimumSpacingMs);
  return tooOften === null ? null : { ok: false, input: "cronExpression", cronField: "expression", message: tooOften };
}

/**
 * What a schedule would do, computed by the firing engine: its next slots with what clock changes do to them, and what
 * may surprise. What a person is still typing gives `ok: false`; nothing is thrown for it.
 *
 * @throws AppError `validation` with `field: "from"` for a beginning that no preview can have.
 */
export function previewSchedule(input: PreviewInput, rules: TimingRules, { orgId, usualRunMs }: PreviewedOrganization): SchedulePreview {
  const { cronExpression, timeZone } = input;
  const problem = findTimingProblem(cronExpression, timeZone, rules);
  if (problem) return problem;
  const overlap = usualRunMs === null ? null : overlapNote(cronExpression, timeZone, rules.now, usualRunMs);
  return {
    ok: true,
    description: describeCron(cronExpression, timeZone),
    rows: previewRows(input, rules.now, orgId),
    runsPerMonth: runsPerMonth(cronExpression),
    ...previewClockChanges(cronExpression, timeZone, input.from ?? rules.now),
    notes: [...cronNotes(cronExpression, timeZone, rules.now), ...(overlap ? [overlap] : [])],
  };
}

function previewRows({ cronExpression, timeZone, from, count, spreadMs }: PreviewInput, now: Date, orgId: string): Shown["rows"] {
  const offsetMs = spreadOffsetMs(orgId, spreadMs);
  return explainOccurrences(cronExpression, timeZone, startAfter(from, now), count).map((occurrence) => ({
    at: occurrence.at,
    startsAt: new Date(occurrence.at.getTime() + offsetMs),
    note: explainClockChange(occurrence),
  }));
}

function previewClockChanges(cronExpression: string, timeZone: string, from: Date): Pick<Shown, "clockChanges" | "steadyTimes"> {
  const changes = clockChanges(cronExpression, timeZone, from);
  const told = changes.map((change) => ({ at: change.at, shiftMs: change.shiftMs, heading: clockChangeHeading(change), effect: clockChangeEffect(change) }));
  return { clockChanges: told, steadyTimes: steadyTimes(cronExpression, timeZone, from, changes) };
}

/** The instant after which the rows come. */
function startAfter(from: Date | undefined, now: Date): Date {
  if (from === undefined) return now;
  const problem = previewStartProblem(from, now);
  if (problem !== null) throw new AppError("validation", problem, { field: "from" });
  return new Date(from.getTime() - 1);
}

function explainClockChange({ at, offsetMs, effect, nominalLocalMs }: ExplainedOccurrence): string | null {
  const localMs = at.getTime() + offsetMs;
  const clock = formatLocalClock(localMs);
  // Where a change crosses midnight, or skips a whole day, the time alone would mislead.
  const sameDay = formatLocalDate(nominalLocalMs, true) === formatLocalDate(localMs, true);
  const nominal = sameDay ? formatLocalClock(nominalLocalMs) : `${formatLocalDate(nominalLocalMs)}, ${formatLocalClock(nominalLocalMs)},`;
  switch (effect) {
    case null:
      return null;
    case "moved":
      return `Clocks go forward: ${nominal} does not exist, runs at ${clock}.`;
    case "merged":
      return `Clocks go forward: ${nominal} does not exist and counts as this run.`;
    case "first_pass":
      return `Clocks go back: ${clock} comes twice, runs the first time only.`;
    case "repeats":
      return `Clocks go back: ${clock} comes twice, runs both times.`;
    case "second_pass":
      return `Clocks go back: ${clock} for the second time.`;
  }
}
