import { BoundedCache } from "./bounded-cache";
import { DAY_MS, HOUR_MS } from "./calendar-days";
import { nextOccurrence, walkOccurrences } from "./occurrences";
import { type MissedPolicy, ON_TIME_MS } from "./schedule";

/** Everything that decides what becomes of a schedule's due slots. All durations in milliseconds. */
export interface SlotPlanInput {
  expression: string;
  timeZone: string;
  /** Exclusive: the latest of last claimed slot, created, enabled, expression or zone changed. */
  lowerBound: Date;
  /** The stored due slot. In the future: nothing is due yet. Null: not known, so it is worked out. */
  nextRunAt: Date | null;
  /** The database's time. */
  now: Date;
  /** Every slot is dispatched this much after its instant; that much lateness is meant. */
  spreadOffsetMs: number;
  /** The one slot that a person asked to leave out; null for none. */
  skipSlotAt: Date | null;
  /** Inclusive: lateness of exactly this much still runs. */
  graceMs: number;
  missedPolicy: MissedPolicy;
  /** The organization's queued or running run. */
  activeRunId: string | null;
}

/** Older slots that this row accounts for: counted, never run. */
interface Superseded {
  supersededCount: number;
  /** The oldest of them; null when there is none. */
  supersededFrom: Date | null;
  /** True when there were more slots than are worth counting, so that the count says "at least". */
  countIsLowerBound: boolean;
}

/** What goes into the ledger. */
export type PlannedRow =
  | ({ kind: "queued"; slotAt: Date; latenessMs: number; onTime: boolean } & Superseded)
  /** `blockingRunId` is null where a person asked to leave the slot out. */
  | ({ kind: "skipped"; slotAt: Date; latenessMs: number; blockingRunId: string | null } & Superseded)
  /** One row for the whole span, `slotAt` (the newest) and `spanStartAt` (the oldest) included in `count`. */
  | { kind: "missed"; slotAt: Date; spanStartAt: Date; latenessMs: number; count: number; countIsLowerBound: boolean };

/** The decision: at most one row, the slot to store as due next, and the lower bound to store with it. */
export interface SlotPlan {
  rows: PlannedRow[];
  /** Null when there is none within 5 years. */
  nextRunAt: Date | null;
  newLowerBound: Date;
}

/**
 * After this many slots counting stops and the row says "at least": a week of `* * * * *` is exact, and months of downtime
 * cost a millisecond instead of a second.
 */
export const MAX_COUNTED_SLOTS = 10_080;

/** The slots of one (expression, zone, span), shared by all schedules that ask for it during one dispatch. */
interface DueSlots {
  newest: Date | null;
  oldest: Date | null;
  count: number;
  countIsLowerBound: boolean;
  next: Date | null;
}

const dueSlotsCache = new BoundedCache<string, DueSlots>(500);

/**
 * What becomes of the slots in (`lowerBound`, `now` less the spread]. The newest decides: within the grace period it runs, or is
 * skipped when the organization is busy or a person asked for it, and accounts for the older ones; beyond it the whole span is one
 * missed row. Under the policy `skip`, whatever is later than 60 s counts as beyond. Nothing due gives no row and moves no bound.
 * Lateness counts from the slot, the spread included; what is tolerated counts from the moment that the spread gives.
 *
 * @throws AppError `validation` for an expression or a zone that is refused.
 */
export function planSlot(input: SlotPlanInput): SlotPlan {
  const until = new Date(input.now.getTime() - input.spreadOffsetMs);
  if (input.nextRunAt !== null && input.nextRunAt > until) {
    return { rows: [], nextRunAt: input.nextRunAt, newLowerBound: input.lowerBound };
  }
  const due = dueSlots(input.expression, input.timeZone, input.lowerBound, until);
  if (due.newest === null || due.oldest === null) return { rows: [], nextRunAt: due.next, newLowerBound: input.lowerBound };
  return { rows: [planRow(input, due, due.newest, due.oldest)], nextRunAt: due.next, newLowerBound: due.newest };
}

function planRow(input: SlotPlanInput, due: DueSlots, slotAt: Date, oldest: Date): PlannedRow {
  const latenessMs = input.now.getTime() - slotAt.getTime();
  const { count, countIsLowerBound } = due;
  const toleratedMs = input.missedPolicy === "skip" ? Math.min(ON_TIME_MS, input.graceMs) : input.graceMs;
  // Before the busy check: nobody examined this slot in time, so no run stood in its way.
  if (latenessMs - input.spreadOffsetMs > toleratedMs) return { kind: "missed", slotAt, spanStartAt: oldest, latenessMs, count, countIsLowerBound };
  const superseded = { supersededCount: count - 1, supersededFrom: count > 1 ? oldest : null, countIsLowerBound };
  if (slotAt.getTime() === input.skipSlotAt?.getTime()) return { kind: "skipped", slotAt, latenessMs, blockingRunId: null, ...superseded };
  if (input.activeRunId !== null) return { kind: "skipped", slotAt, latenessMs, blockingRunId: input.activeRunId, ...superseded };
  return { kind: "queued", slotAt, latenessMs, onTime: latenessMs - input.spreadOffsetMs <= ON_TIME_MS, ...superseded };
}

function dueSlots(expression: string, timeZone: string, lowerBound: Date, now: Date): DueSlots {
  const key = `${expression}|${timeZone}|${lowerBound.getTime()}|${now.getTime()}`;
  return dueSlotsCache.getOrCompute(key, () => findDueSlots(expression, timeZone, lowerBound, now));
}

function findDueSlots(expression: string, timeZone: string, lowerBound: Date, now: Date): DueSlots {
  let count = 0;
  let oldest: Date | null = null;
  let newest: Date | null = null;
  for (const { atMs } of walkOccurrences(expression, timeZone, lowerBound)) {
    if (atMs > now.getTime()) return { newest, oldest, count, countIsLowerBound: false, next: new Date(atMs) };
    if (count === MAX_COUNTED_SLOTS) break;
    count++;
    newest = new Date(atMs);
    oldest ??= newest;
  }
  const isCutShort = count === MAX_COUNTED_SLOTS;
  if (isCutShort) newest = newestUpTo(expression, timeZone, now) ?? newest;
  return { newest, oldest, count, countIsLowerBound: isCutShort, next: nextOccurrence(expression, timeZone, now) };
}

/** The newest occurrence up to `now`, looked for in windows that widen backwards; null when five years have none. */
function newestUpTo(expression: string, timeZone: string, now: Date): Date | null {
  for (let windowMs = HOUR_MS; windowMs < 5 * 366 * DAY_MS; windowMs *= 4) {
    let newest: Date | null = null;
    for (const { atMs } of walkOccurrences(expression, timeZone, new Date(now.getTime() - windowMs))) {
      if (atMs > now.getTime()) break;
      newest = new Date(atMs);
    }
    if (newest !== null) return newest;
  }
  return null;
}
