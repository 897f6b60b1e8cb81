import { DAY_MS, HOUR_MS } from "./calendar-days";
import { parseCron } from "./cron-expression";
import { walkOccurrences } from "./occurrences";
import { MAX_COUNTED_SLOTS } from "./plan-slot";
import { resolveTimeZone } from "./time-zone";
import { dayInZone, startOfDay } from "./zone-days";

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
 * The newest slots of the span, the newest first, `most` at most. Without a rule, or with one whose zone or expression is known no more,
 * only the first slot is known.
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
 * How many slots of the span were due on each day of the zone, from `from` on; days without any are not in it. Without a usable rule only
 * the first slot is known. Where the rule had another zone than this one, counting goes back from the newest day until it has passed
 * 10,080 slots.
 */
export function slotsByDay(span: SlotSpan, rule: SlotRule | null, timeZone: string, from: Date): Map<number, number> {
  if (span.count === 1 || !isUsable(rule)) return new Map(span.firstAt < from ? [] : [[dayInZone(span.firstAt, timeZone), 1]]);
  const days = new Map<number, number>();
  const [firstMs, untilMs] = [Math.max(span.firstAt.getTime(), from.getTime()), span.untilAt.getTime()];
  let [walked, ofWholeDay] = [0, 0];
  for (let day = dayInZone(new Date(untilMs - 1), timeZone); walked < MAX_COUNTED_SLOTS; day--) {
    const [startMs, endMs] = [startOfDay(day, timeZone).getTime(), startOfDay(day + 1, timeZone).getTime()];
    if (endMs <= firstMs) break;
    const slots = walkSpan(Math.max(startMs, firstMs) - 1, new Date(Math.min(endMs, untilMs)), rule);
    // The times of a rule are those of every day that it names, unless the clock changes on it: months of minutes are not gone through.
    const isWhole = rule.timeZone === timeZone && startMs >= firstMs && endMs <= untilMs && endMs - startMs === DAY_MS;
    const isKnown = isWhole && ofWholeDay > 0;
    const count = isKnown ? (slots.next().done ? 0 : ofWholeDay) : [...slots].length;
    if (!isKnown) walked += count;
    if (isWhole) ofWholeDay ||= count;
    if (count > 0) days.set(day, count);
  }
  return days;
}

function* walkSpan(afterMs: number, untilAt: Date, rule: SlotRule): Generator<Date, void> {
  for (const { atMs } of walkOccurrences(rule.cronExpression, rule.timeZone, new Date(afterMs))) {
    if (atMs >= untilAt.getTime()) return;
    yield new Date(atMs);
  }
}

/** A zone can vanish with an update of the time zone data, and an expression may be refused by now. */
function isUsable(rule: SlotRule | null): rule is SlotRule {
  return rule !== null && resolveTimeZone(rule.timeZone).ok && parseCron(rule.cronExpression).ok;
}
