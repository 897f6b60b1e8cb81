import { walkOccurrences } from "@/domain/occurrences";
import type { ScheduleSegment, Violation } from "./expectations";
import type { SlotRow } from "./ledger-facts";

/** The dispatch stops counting after a week of minutes and says so in the row. */
const UNCOUNTED = "There were more slots than were counted.";

/**
 * Whether every slot of one schedule is accounted for exactly once: by a row of its own, or within the span of a row that counts it.
 * @param lowerBoundAt As stored; null when the schedule is gone, and then every segment needs an end.
 */
export function accountSlots(segments: readonly ScheduleSegment[], rows: readonly SlotRow[], lowerBoundAt: Date | null): Violation[] {
  const slots = segments.flatMap((segment) => slotsOf(segment, lowerBoundAt)).sort((a, b) => a - b);
  const accounts = new Map(slots.map((slot) => [slot, 0]));
  const violations = rows.flatMap((row) => account(row, slots, accounts));
  for (const [slot, count] of accounts) {
    if (count === 1) continue;
    const rule = count > 1 ? "slot-doubled" : lowerBoundAt && slot > lowerBoundAt.getTime() ? "slot-overdue" : "slot-lost";
    violations.push({ rule, detail: `${describeSlot(segments[0]?.scheduleId, slot)} is accounted for ${count} times` });
  }
  return violations;
}

function slotsOf({ cronExpression, timeZone, after, until }: ScheduleSegment, lowerBoundAt: Date | null): number[] {
  const end = (until ?? lowerBoundAt ?? after).getTime();
  const slots: number[] = [];
  for (const { atMs } of walkOccurrences(cronExpression, timeZone, after)) {
    if (atMs > end) break;
    slots.push(atMs);
  }
  return slots;
}

function account(row: SlotRow, slots: readonly number[], accounts: Map<number, number>): Violation[] {
  const slotMs = row.slotAt.getTime();
  if (!accounts.has(slotMs)) return [{ rule: "slot-unknown", detail: `run ${row.number}: ${describeSlot(row.scheduleId, slotMs)} is no slot` }];
  const inSpan = row.spanStartAt ? between(slots, row.spanStartAt.getTime(), slotMs) : [slotMs];
  for (const slot of inSpan) accounts.set(slot, (accounts.get(slot) ?? 0) + 1);
  const counted = row.status === "missed" ? row.missedCount : row.supersededCount + 1;
  if (counted === inSpan.length || (row.message === UNCOUNTED && counted < inSpan.length)) return [];
  return [{ rule: "span-count", detail: `run ${row.number}: ${describeSlot(row.scheduleId, slotMs)} counts ${counted}, its span holds ${inSpan.length}` }];
}

/** The slots from `first` to `last`, both inclusive. */
function between(slots: readonly number[], first: number, last: number): number[] {
  return slots.slice(firstFrom(slots, first), firstFrom(slots, last + 1));
}

/** The place of the first slot that is not before this instant. */
function firstFrom(slots: readonly number[], at: number): number {
  let [low, high] = [0, slots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slots[middle] ?? at) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function describeSlot(scheduleId: string | undefined, slotMs: number): string {
  return `schedule ${scheduleId}, slot ${new Date(slotMs).toISOString()}`;
}
