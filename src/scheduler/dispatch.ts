import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { type Advance, claimDueSchedules, type DueSchedule, type LedgerRow, recordSlots } from "@/db/slots";
import { type PlannedRow, planSlot } from "@/domain/plan-slot";
import { dueAtOf, spreadOffsetMs } from "@/domain/spread";
import type { Logger } from "@/log/logger";
import { describeProblem } from "./describe-problem";

/** Schedules dispatched in one transaction. */
const BATCH = 2_000;
/** The ledger counts lateness in 32 bits: 24 days, after which it makes no difference. */
const MAX_LATENESS_MS = 2 ** 31 - 1;

const SKIPPED_ON_REQUEST = "Left out because a person asked to skip this slot. The next one runs as planned.";

interface Outcome {
  row: LedgerRow | null;
  advance: Advance;
}

/**
 * Decides what becomes of every slot that is due by the database's clock, and commits it batch by batch: ledger rows, queued work and
 * next slots together or not at all. Any number of processes may do this at once. Returns how many schedules were dispatched.
 */
export async function dispatchDue(db: Database, log: Logger, defaultRunLimitMs: number): Promise<number> {
  let dispatched = 0;
  for (;;) {
    const batch = await dispatchBatch(db, log, defaultRunLimitMs);
    dispatched += batch;
    if (batch < BATCH) return dispatched;
  }
}

async function dispatchBatch(db: Database, log: Logger, defaultRunLimitMs: number): Promise<number> {
  return db.withSystem(async (tx) => {
    const { now, due } = await claimDueSchedules(tx, BATCH);
    if (due.length === 0) return 0;
    const outcomes = due.map((schedule) => planSchedule(schedule, now, log, defaultRunLimitMs));
    await recordSlots(
      tx,
      outcomes.map((outcome) => outcome.row).filter((row) => row !== null),
      outcomes.map((outcome) => outcome.advance),
    );
    return due.length;
  });
}

/** One schedule that cannot be computed is flagged and stops no other. */
function planSchedule(schedule: DueSchedule, now: Date, log: Logger, defaultRunLimitMs: number): Outcome {
  const { id, orgId, cronExpression: expression, lowerBoundAt: lowerBound, spreadMs } = schedule;
  try {
    const plan = planSlot({ ...schedule, expression, lowerBound, now, spreadOffsetMs: spreadOffsetMs(orgId, spreadMs) });
    const [planned] = plan.rows;
    return {
      row: planned ? toLedgerRow(schedule, planned, defaultRunLimitMs) : null,
      advance: {
        id,
        lowerBoundAt: plan.newLowerBound,
        nextRunAt: plan.nextRunAt,
        dueAt: dueAtOf(plan.nextRunAt, orgId, spreadMs),
        problem: plan.nextRunAt ? null : describeProblem(null),
      },
    };
  } catch (error) {
    log.error({ err: error, scheduleId: id }, "a schedule's slots could not be computed; it is flagged on its page");
    return { row: null, advance: { id, lowerBoundAt: lowerBound, nextRunAt: null, dueAt: null, problem: describeProblem(error) } };
  }
}

function toLedgerRow(schedule: DueSchedule, planned: PlannedRow, defaultRunLimitMs: number): LedgerRow {
  const { id: scheduleId, orgId, version: scheduleVersion, presetId, presetName } = schedule;
  return {
    ...{ id: randomUUID(), orgId, scheduleId, scheduleVersion, presetId, presetName },
    limitMs: schedule.runLimitMs ?? defaultRunLimitMs,
    status: planned.kind,
    slotAt: planned.slotAt,
    latenessMs: Math.min(planned.latenessMs, MAX_LATENESS_MS),
    ...accountFor(planned),
  };
}

/** What the row says of slots besides its own. */
function accountFor(planned: PlannedRow): Pick<LedgerRow, "spanStartAt" | "supersededCount" | "missedCount" | "blockingRunId" | "message"> {
  const uncounted = planned.countIsLowerBound ? "There were more slots than were counted." : null;
  if (planned.kind === "missed") {
    return { spanStartAt: planned.spanStartAt, supersededCount: 0, missedCount: planned.count, blockingRunId: null, message: uncounted };
  }
  const { supersededFrom: spanStartAt, supersededCount } = planned;
  const blockingRunId = planned.kind === "skipped" ? planned.blockingRunId : null;
  const message = planned.kind === "skipped" && blockingRunId === null ? SKIPPED_ON_REQUEST : uncounted;
  return { spanStartAt, supersededCount, missedCount: 0, blockingRunId, message };
}
