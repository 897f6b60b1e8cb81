import { DAY_MS } from "./calendar-days";
import { getCronExpression } from "./cron-expression";
import { countMatchingDays, localSlots } from "./local-slots";
import { type ClockEffect, explainBetween } from "./occurrences";
import { transitionsBetween } from "./time-zone";
import type { ZoneTransition } from "./zone-offsets";

/** How far ahead clock changes are looked for: more than a year, so that each of a year's changes is among them. */
const AHEAD_DAYS = 400;

/** What a clock change does to a schedule. Local times are in ms since 1970-01-01 00:00 on the zone's own clock. */
export interface ClockChange {
  at: Date;
  /** How far the clock jumps; positive forward. */
  shiftMs: number;
  /**
   * - `moved`: the times don't exist and become one run after the gap.
   * - `merged`: the times don't exist and become one with a run that is there anyway.
   * - `fewer`: the times don't exist and nothing takes their place: the cadence goes on.
   * - `once`: the times come twice and run the first time only.
   * - `more`: the times come twice and run both times.
   */
  effect: "moved" | "merged" | "fewer" | "once" | "more";
  /** The times of the schedule that the clock skips or shows twice, in order; never empty. */
  localTimes: readonly number[];
  /** What the clock shows just after the change: where skipped times run. */
  resumesAtMs: number;
  /** Runs on the day that the times are on, and how many its clock would bring if it did not change. */
  runs: number;
  runsOtherwise: number;
}

/**
 * The clock changes from `from` on, within 400 days, that change when or how often the expression runs, in order. The runs are counted
 * by the engine that fires them; only the days of the changes are looked at, however often the expression comes.
 *
 * @throws AppError `validation` for an expression or a zone that is refused.
 */
export function clockChanges(text: string, timeZone: string, from: Date): ClockChange[] {
  const until = new Date(from.getTime() + AHEAD_DAYS * DAY_MS);
  return transitionsBetween(timeZone, from, until).flatMap((transition) => affect(text, timeZone, transition) ?? []);
}

function affect(text: string, timeZone: string, { at, offsetBeforeMs, offsetAfterMs }: ZoneTransition): ClockChange | null {
  const expression = getCronExpression(text);
  const leavesAtMs = at.getTime() + offsetBeforeMs;
  const resumesAtMs = at.getTime() + offsetAfterMs;
  const [firstMs, endMs] = leavesAtMs < resumesAtMs ? [leavesAtMs, resumesAtMs] : [resumesAtMs, leavesAtMs];
  const localTimes = [...localSlots(expression, firstMs, endMs)];
  if (localTimes.length === 0) return null;
  // Skipped times have no instants but that of the change; repeated ones have those of both passes.
  const untilMs = Math.max(endMs - offsetAfterMs, at.getTime() + 1);
  const effects = explainBetween(text, timeZone, new Date(firstMs - offsetBeforeMs), new Date(untilMs)).map((run) => run.effect);
  const effect = effectOf(effects, leavesAtMs < resumesAtMs);
  const served = leavesAtMs > resumesAtMs ? effects.length : Number(effect === "moved");
  const days = countMatchingDays(expression, Math.floor(firstMs / DAY_MS), Math.floor((endMs - 1) / DAY_MS));
  const runsOtherwise = days * expression.hour.values.length * expression.minute.values.length;
  const runs = runsOtherwise - localTimes.length + served;
  return { at, shiftMs: offsetAfterMs - offsetBeforeMs, effect, localTimes, resumesAtMs, runs, runsOtherwise };
}

/** What the engine says of the runs in the gap or in the two passes. */
function effectOf(effects: readonly (ClockEffect | null)[], isForward: boolean): ClockChange["effect"] {
  const [first] = effects;
  if (isForward) return first === "moved" || first === "merged" ? first : "fewer";
  return effects.includes("repeats") ? "more" : "once";
}
