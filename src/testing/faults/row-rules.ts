import { nextOccurrence } from "@/domain/occurrences";
import { ON_TIME_MS } from "@/domain/schedule";
import { dueAtOf, spreadOffsetMs } from "@/domain/spread";
import type { Violation } from "./expectations";
import type { SlotRow, StoredSchedule } from "./ledger-facts";

/** The ledger counts lateness in 32 bits. */
const MAX_LATENESS_MS = 2 ** 31 - 1;
/** A transaction that examined a slot commits within half a minute; twice that for a process that froze inside it. */
const COMMITTED_WITHIN_MS = 60_000;
/** The two clocks are the same, but one is cut to milliseconds and the other rounded. */
const ROUNDING_MS = 2;

/** Whether a row's lateness and status are what the plan of slots says, for its schedule as it is stored now. */
export function judgeRow(row: SlotRow, schedule: StoredSchedule): Violation[] {
  const complaints: [Violation["rule"], string | null][] = [
    ["row-lateness", complainOfLateness(row)],
    ["row-status", row.status === "skipped" ? complainOfSkipped(row) : null],
    ["row-status", complainOfTolerance(row, schedule)],
    ["row-status", complainOfCounts(row)],
  ];
  return complaints.flatMap(([rule, text]) => (text ? [{ rule, detail: `run ${row.number} of schedule ${row.scheduleId} (${row.status}): ${text}` }] : []));
}

function complainOfLateness(row: SlotRow): string | null {
  if (row.latenessMs < 0) return `its lateness is ${row.latenessMs} ms`;
  if (row.latenessMs === MAX_LATENESS_MS) return null;
  const committedMs = row.queuedAt.getTime() - row.slotAt.getTime() - row.latenessMs;
  if (committedMs >= -ROUNDING_MS && committedMs <= COMMITTED_WITHIN_MS) return null;
  return `it says ${row.latenessMs} ms late, but was written ${row.queuedAt.getTime() - row.slotAt.getTime()} ms after its slot`;
}

/** Missed means later than is tolerated, everything else means not later. */
function complainOfTolerance(row: SlotRow, { orgId, graceMs, missedPolicy, spreadMs }: StoredSchedule): string | null {
  const toleratedMs = missedPolicy === "skip" ? Math.min(ON_TIME_MS, graceMs) : graceMs;
  const isBeyond = row.latenessMs - spreadOffsetMs(orgId, spreadMs) > toleratedMs;
  return isBeyond === (row.status === "missed") ? null : `${row.latenessMs} ms late with ${toleratedMs} ms tolerated`;
}

function complainOfSkipped({ blockingRunId, blockingQueuedAt, blockingFinishedAt, slotAt, latenessMs, queuedAt, message }: SlotRow): string | null {
  if (blockingRunId === null) return message ? null : "neither a run in its way nor a reason";
  if (!blockingQueuedAt) return `the run in its way, ${blockingRunId}, does not exist`;
  const examinedMs = slotAt.getTime() + latenessMs;
  const wasActive = blockingQueuedAt <= queuedAt && (blockingFinishedAt === null || blockingFinishedAt.getTime() >= examinedMs - COMMITTED_WITHIN_MS);
  return wasActive ? null : `the run in its way, ${blockingRunId}, was not active then`;
}

function complainOfCounts({ status, supersededCount, missedCount, spanStartAt, slotAt }: SlotRow): string | null {
  const others = status === "missed" ? missedCount - 1 : supersededCount;
  if (others < 0 || (status === "missed" ? supersededCount : missedCount) !== 0) return `it counts ${supersededCount} superseded and ${missedCount} missed`;
  const hasSpan = spanStartAt !== null && spanStartAt < slotAt;
  return hasSpan === others > 0 ? null : `it counts ${others} other slots from ${spanStartAt?.toISOString() ?? "nowhere"}`;
}

/** Whether a schedule that is on stands before the first slot after its lower bound. */
export function judgeNextSlot(schedule: StoredSchedule): Violation[] {
  const { id, orgId, enabled, isPaused, problem, cronExpression, timeZone, lowerBoundAt, nextRunAt, dueAt, spreadMs } = schedule;
  if (!enabled || isPaused || problem !== null) return [];
  const expected = nextOccurrence(cronExpression, timeZone, lowerBoundAt);
  const expectedDue = dueAtOf(expected, orgId, spreadMs);
  if (expected?.getTime() === nextRunAt?.getTime() && expectedDue?.getTime() === dueAt?.getTime()) return [];
  const detail = `schedule ${id} waits for ${nextRunAt?.toISOString() ?? "nothing"} (due ${dueAt?.toISOString() ?? "never"}), its next slot is ${expected?.toISOString() ?? "none"}`;
  return [{ rule: "next-slot", detail }];
}
