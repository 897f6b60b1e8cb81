import type { z } from "zod";
import { DAY_MS } from "./calendar-days";
import { parseCron } from "./cron-expression";
import { cronNotes, overlapNote, parseCronForZone, spacingRefusal } from "./cron-notes";
import { describeCron } from "./describe-cron";
import { formatLocalClock, formatLocalDate } from "./format-time";
import { type ExplainedOccurrence, explainOccurrences, occurrences } from "./occurrences";
import type { SchedulePreview, schedulePreviewInputSchema } from "./schedule";
import { spreadOffsetMs } from "./spread";
import { resolveTimeZone } from "./time-zone";

/** What a schedule is judged against. */
export interface TimingRules {
  now: Date;
  /** The shortest time between two slots that the operator allows. */
  minimumSpacingMs: number;
}

/** Whose schedule it is. */
export interface PreviewedOrganization {
  orgId: string;
  /** How long its runs take (95th percentile), in ms; null when too few have been. */
  usualRunMs: number | null;
}

/** Why these times cannot be scheduled, at the field that is wrong. */
export type TimingProblem = Extract<SchedulePreview, { ok: false }>;

/**
 * What is wrong with an expression and a zone, or null when they may be saved: the one check behind the preview and the
 * saving. Knows the present, so that it refuses what never comes and what comes too often.
 */
export function findTimingProblem(cronExpression: string, timeZone: string, rules: TimingRules): TimingProblem | null {
  const parsed = parseCron(cronExpression);
  if (!parsed.ok) return { ok: false, input: "cronExpression", cronField: parsed.field, message: parsed.message };
  const zone = resolveTimeZone(timeZone);
  if (!zone.ok) return { ok: false, input: "timeZone", cronField: null, message: zone.message };
  const coming = parseCronForZone(cronExpression, timeZone, rules.now);
  if (!coming.ok) return { ok: false, input: "cronExpression", cronField: coming.field, message: coming.message };
  const tooOften = spacingRefusal(cronExpression, timeZone, rules.now, rules.minimumSpacingMs);
  return tooOften === null ? null : { ok: false, input: "cronExpression", cronField: "expression", message: tooOften };
}

/**
 * What a schedule would do, computed by the firing engine: its next slots with what clock changes do to them, and what
 * may surprise. What a person is still typing gives `ok: false`; nothing is thrown for it.
 */
export function previewSchedule(
  input: z.output<typeof schedulePreviewInputSchema>,
  rules: TimingRules,
  { orgId, usualRunMs }: PreviewedOrganization,
): SchedulePreview {
  const { cronExpression, timeZone, count } = input;
  const problem = findTimingProblem(cronExpression, timeZone, rules);
  if (problem) return problem;
  const offsetMs = spreadOffsetMs(orgId, input.spreadMs);
  const overlap = usualRunMs === null ? null : overlapNote(cronExpression, timeZone, rules.now, usualRunMs);
  return {
    ok: true,
    description: describeCron(cronExpression, timeZone),
    rows: explainOccurrences(cronExpression, timeZone, input.after ?? rules.now, count).map((occurrence) => ({
      at: occurrence.at,
      startsAt: new Date(occurrence.at.getTime() + offsetMs),
      note: explainClockChange(occurrence),
    })),
    runsPerMonth: runsPerMonth(cronExpression, timeZone, rules.now),
    notes: [...cronNotes(cronExpression, timeZone, rules.now), ...(overlap ? [overlap] : [])],
  };
}

/** Enough to even out months and leap years, and few enough to be computed while somebody types. */
const SAMPLED_SLOTS = 400;
const MONTH_MS = (365.2425 / 12) * DAY_MS;

function runsPerMonth(cronExpression: string, timeZone: string, now: Date): number {
  const slots = occurrences(cronExpression, timeZone, now, SAMPLED_SLOTS);
  const [first, last] = [slots[0], slots.at(-1)];
  if (!first || !last || first === last) return 0;
  return ((slots.length - 1) * MONTH_MS) / (last.getTime() - first.getTime());
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
