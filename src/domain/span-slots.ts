import { HOUR_MS } from "./calendar-days";
import { walkOccurrences } from "./occurrences";
import { MAX_COUNTED_SLOTS } from "./plan-slot";
import { resolveTimeZone } from "./time-zone";
import { dayInZone } from "./zone-days";

/** Slots that one row of the ledger accounts for besides its run: all that were due with `firstAt <= slot < untilAt`. */
export interface SlotSpan {
  firstAt: Date;
  untilAt: Date;
  /** How many they are, or were at least. */
  count: number;
}

/** What the schedule was when they were due. */
export interface SlotRule {
  cronExpression: string;
  timeZone: string;
}

/**
 * The newest slots of the span, the newest first, `most` at most. Without a rule, or with one whose zone is known no more, only the
 * first slot is known.
 */
export function newestSlots(span: SlotSpan, rule: SlotRule | null, most: number): Date[] {
  if (span.count === 1 || !isUsable(rule)) return [span.firstAt];
  const beforeAllMs = span.firstAt.getTime() - 1;
  // The end is looked at in windows that widen backwards: months of downtime hold a quarter of a million slots.
  for (let windowMs = HOUR_MS; ; windowMs *= 4) {
    const afterMs = Math.max(span.untilAt.getTime() - windowMs, beforeAllMs);
    const found = [...walkSpan(afterMs, span.untilAt, rule)];
    if (found.length >= most || afterMs === beforeAllMs) return found.slice(-most).reverse();
  }
}

/**
 * How many slots of the span were due on each day of the zone, from `from` on; days without any are not in it. Beyond 10,080 slots it
 * stops counting, and without a usable rule only the first slot is known.
 */
export function slotsByDay(span: SlotSpan, rule: SlotRule | null, timeZone: string, from: Date): Map<number, number> {
  const days = new Map<number, number>();
  const afterMs = Math.max(span.firstAt.getTime(), from.getTime()) - 1;
  let counted = 0;
  for (const at of span.count > 1 && isUsable(rule) ? walkSpan(afterMs, span.untilAt, rule) : [span.firstAt]) {
    if (at < from) continue;
    const day = dayInZone(at, timeZone);
    days.set(day, (days.get(day) ?? 0) + 1);
    if (++counted === MAX_COUNTED_SLOTS) break;
  }
  return days;
}

function* walkSpan(afterMs: number, untilAt: Date, rule: SlotRule): Generator<Date, void> {
  for (const { atMs } of walkOccurrences(rule.cronExpression, rule.timeZone, new Date(afterMs))) {
    if (atMs >= untilAt.getTime()) return;
    yield new Date(atMs);
  }
}

/** A zone can vanish with an update of the time zone data. */
function isUsable(rule: SlotRule | null): rule is SlotRule {
  return rule !== null && resolveTimeZone(rule.timeZone).ok;
}
