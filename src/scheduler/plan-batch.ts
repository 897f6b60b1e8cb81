import type { DueSchedules } from "@/db/due-schedules";
import type { LedgerRow, SlotOutcome } from "@/db/slots";
import { type PlannedRow, planSlot } from "@/domain/plan-slot";
import { spreadOffsetMs } from "@/domain/spread";
import type { Logger } from "@/log/logger";
import { describeProblem } from "./describe-problem";

/** The ledger counts lateness in 32 bits: 24 days, after which it makes no difference. */
const MAX_LATENESS_MS = 2 ** 31 - 1;

const SKIPPED_ON_REQUEST = "Left out because a person asked to skip this slot. The next one runs as planned.";

/** What becomes of these schedules' slots at `now`. One that cannot be computed is flagged and stops no other. */
export function planBatch(due: readonly DueSchedules[], now: Date, log: Logger): SlotOutcome[] {
  return due.map((schedules) => {
    const { ids, runNumbers, count } = schedules;
    return { ids, runNumbers, count, ...planAlike(schedules, now, log) };
  });
}

function planAlike(schedules: DueSchedules, now: Date, log: Logger): Pick<SlotOutcome, "row" | "advance"> {
  const { cronExpression: expression, lowerBoundAt: lowerBound } = schedules;
  const offsetMs = schedules.orgId === null ? 0 : spreadOffsetMs(schedules.orgId, schedules.spreadMs);
  try {
    const plan = planSlot({ ...schedules, expression, lowerBound, now, spreadOffsetMs: offsetMs });
    const [planned] = plan.rows;
    const { nextRunAt } = plan;
    const dueAt = nextRunAt && new Date(nextRunAt.getTime() + offsetMs);
    const problem = nextRunAt ? null : describeProblem(null);
    return { row: planned ? toLedgerRow(planned) : null, advance: { lowerBoundAt: plan.newLowerBound, nextRunAt, dueAt, problem } };
  } catch (error) {
    log.error({ err: error, scheduleIds: schedules.ids }, "a schedule's slots could not be computed; it is flagged on its page");
    return { row: null, advance: { lowerBoundAt: lowerBound, nextRunAt: null, dueAt: null, problem: describeProblem(error) } };
  }
}

function toLedgerRow(planned: PlannedRow): LedgerRow {
  const { kind: status, slotAt } = planned;
  return { status, slotAt, latenessMs: Math.min(planned.latenessMs, MAX_LATENESS_MS), ...accountFor(planned) };
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
