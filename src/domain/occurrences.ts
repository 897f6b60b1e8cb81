import { type CronExpression, getCronExpression } from "./cron-expression";
import { AppError } from "./errors";
import { firstLocalSlot, localSlots } from "./local-slots";
import { requireTimeZone } from "./time-zone";
import { utcYear, type ZoneSpan, zoneSpans } from "./zone-offsets";

/**
 * What a clock change did to an occurrence.
 * - `moved`: the nominal local time doesn't exist; this is the first instant after the gap.
 * - `merged`: this instant is a slot of its own, and the nominal time, which doesn't exist, ran into it.
 * - `first_pass`: the local time comes twice and the expression counts the first only.
 * - `repeats`: the local time comes twice and this is its first; the second follows as an occurrence of its own.
 * - `second_pass`: the local time has been before.
 */
export type ClockEffect = "moved" | "merged" | "first_pass" | "repeats" | "second_pass";

/** An occurrence with what a preview needs to explain it. */
export interface ExplainedOccurrence {
  at: Date;
  /** Local minus UTC at this instant. */
  offsetMs: number;
  effect: ClockEffect | null;
  /** The local time that the fields name, in ms since 1970-01-01 00:00 local; differs from the clock if `moved` or `merged`. */
  nominalLocalMs: number;
}

/** An instant without an occurrence for this long after it counts as "never". */
const HORIZON_YEARS = 5;

/**
 * The next `count` instants at which the expression is due in the zone, strictly after `after`, in order and without
 * repeats. Local times that a clock change skips collapse into the first valid instant after it, unless the hour field
 * covers all 24; local times that come twice count once for fixed times and twice for intervals.
 *
 * Fewer, or none, when 5 years pass without one: `0 0 29 2 *` from 2096 on, and `0 0 30 2 *`, which `parseCron` refuses,
 * gives none here instead of an error.
 *
 * @throws AppError `validation` for any other text that `parseCron` refuses, for an unknown zone and for an invalid date.
 */
export function occurrences(text: string, timeZone: string, after: Date, count: number): Date[] {
  const found: Date[] = [];
  if (count < 1) return found;
  for (const occurrence of walkOccurrences(text, timeZone, after)) {
    found.push(new Date(occurrence.atMs));
    if (found.length >= count) break;
  }
  return found;
}

/** The first occurrence strictly after `after`, or null when 5 years pass without one. Throws as `occurrences` does. */
export function nextOccurrence(text: string, timeZone: string, after: Date): Date | null {
  return occurrences(text, timeZone, after, 1)[0] ?? null;
}

/** As `occurrences`, each with what a clock change did to it. */
export function explainOccurrences(text: string, timeZone: string, after: Date, count: number): ExplainedOccurrence[] {
  const found: ExplainedOccurrence[] = [];
  if (count < 1) return found;
  const { isInterval } = getCronExpression(text);
  for (const occurrence of walkOccurrences(text, timeZone, after)) {
    found.push(explain(occurrence, isInterval));
    if (found.length >= count) break;
  }
  return found;
}

/** As `explainOccurrences`, those with `from <= at < until`. */
export function explainBetween(text: string, timeZone: string, from: Date, until: Date): ExplainedOccurrence[] {
  const found: ExplainedOccurrence[] = [];
  const { isInterval } = getCronExpression(text);
  for (const occurrence of walkOccurrences(text, timeZone, new Date(from.getTime() - 1))) {
    if (occurrence.atMs >= until.getTime()) break;
    found.push(explain(occurrence, isInterval));
  }
  return found;
}

/** An occurrence as the walker finds it. */
export interface WalkedOccurrence {
  atMs: number;
  span: ZoneSpan;
  /** The skipped local time that ends here, or null. */
  skippedLocalMs: number | null;
  /** Whether the instant is named by the fields itself. */
  isNamed: boolean;
}

/** The occurrences strictly after `after`, for as long as the caller wants them. Ends and throws as `occurrences` does. */
export function walkOccurrences(text: string, timeZone: string, after: Date): Generator<WalkedOccurrence, void> {
  const afterMs = after.getTime();
  if (Number.isNaN(afterMs)) throw new AppError("validation", "Enter a valid date.", { field: "after" });
  const zone = requireTimeZone(timeZone);
  return walk(getCronExpression(text), zone, afterMs);
}

function* walk(expression: CronExpression, timeZone: string, afterMs: number): Generator<WalkedOccurrence, void> {
  if (expression.neverOccurs) return;
  let lastMs = afterMs;
  for (let year = utcYear(afterMs); year <= utcYear(lastMs) + HORIZON_YEARS; year++) {
    for (const span of zoneSpans(timeZone, year)) {
      if (span.endMs <= afterMs + 1) continue;
      for (const occurrence of walkSpan(expression, span, afterMs + 1)) {
        // Written so that a date beyond the end of JavaScript's time, which compares as NaN, ends the walk too.
        if (!(occurrence.atMs <= yearsLater(lastMs, HORIZON_YEARS))) return;
        yield occurrence;
        lastMs = occurrence.atMs;
      }
    }
  }
}

function yearsLater(atMs: number, years: number): number {
  const date = new Date(atMs);
  return date.setUTCFullYear(date.getUTCFullYear() + years);
}

function* walkSpan(expression: CronExpression, span: ZoneSpan, fromMs: number): Generator<WalkedOccurrence, void> {
  const localStart = span.startMs + span.offsetMs;
  const skippedLocalMs = span.startMs < fromMs || expression.everyHour ? null : firstLocalSlot(expression, span.skippedFromMs, localStart);
  if (skippedLocalMs !== null && firstLocalSlot(expression, localStart, localStart + 1) === null) {
    yield { atMs: span.startMs, span, skippedLocalMs, isNamed: false };
  }
  const fromLocal = Math.max(span.startMs, fromMs) + span.offsetMs;
  const countedFrom = expression.isInterval ? fromLocal : Math.max(fromLocal, span.repeatedUntilMs);
  for (const localMs of localSlots(expression, countedFrom, span.endMs + span.offsetMs)) {
    yield { atMs: localMs - span.offsetMs, span, skippedLocalMs: localMs === localStart ? skippedLocalMs : null, isNamed: true };
  }
}

function explain({ atMs, span, skippedLocalMs, isNamed }: WalkedOccurrence, isInterval: boolean): ExplainedOccurrence {
  const localMs = atMs + span.offsetMs;
  return { at: new Date(atMs), offsetMs: span.offsetMs, effect: effectOf(), nominalLocalMs: skippedLocalMs ?? localMs };

  function effectOf(): ClockEffect | null {
    if (skippedLocalMs !== null) return isNamed ? "merged" : "moved";
    if (localMs < span.repeatedUntilMs) return "second_pass";
    if (localMs >= span.repeatsFromMs) return isInterval ? "repeats" : "first_pass";
    return null;
  }
}
