import type { Database } from "@/db/client";
import { claimDueSchedules, type DueSchedules } from "@/db/due-schedules";
import { setAsideDue } from "@/db/next-slots";
import { isRowAtFault } from "@/db/row-at-fault";
import { recordSlots, type SlotOutcome } from "@/db/slots";
import type { Logger } from "@/log/logger";
import { UNRECORDED } from "./describe-problem";
import type { DispatchedSlot, SchedulerObserver } from "./observer";
import { planBatch } from "./plan-batch";

export interface DispatchDeps {
  db: Database;
  log: Logger;
  /** Hard time limit of runs whose schedule sets none. */
  defaultRunLimitMs: number;
  observe: SchedulerObserver | undefined;
}

export interface BatchResult {
  /** Schedules that were claimed. */
  claimed: number;
  /** They were dispatched. False: the database refused a row among them and nothing was written, so they are due as before. */
  done: boolean;
}

/**
 * Dispatches up to `size` due schedules in one transaction. A schedule whose row the database refuses is set aside when it comes alone,
 * with the reason on its page. Throws when the database can't be reached.
 * @param onClaimed Told how many were claimed, before they are planned and written.
 */
export async function dispatchBatch(deps: DispatchDeps, size: number, onClaimed: (count: number) => void): Promise<BatchResult> {
  const startedMs = performance.now();
  let claimed: readonly DueSchedules[] = [];
  try {
    const outcomes = await deps.db.withSystem(async (tx) => {
      const { now, due } = await claimDueSchedules(tx, size);
      claimed = due;
      onClaimed(countOf(due));
      const planned = planBatch(due, now, deps.log);
      if (planned.length > 0) await recordSlots(tx, planned, deps.defaultRunLimitMs);
      return planned;
    });
    if (claimed.length > 0) deps.observe?.dispatched({ durationMs: performance.now() - startedMs, slots: outcomes.flatMap(toDispatchedSlots) });
    return { claimed: countOf(claimed), done: true };
  } catch (error) {
    const count = countOf(claimed);
    const [first] = claimed;
    if (first === undefined || !isRowAtFault(error)) throw error;
    return { claimed: count, done: count === 1 && (await setAside(deps, first.ids, error)) };
  }
}

const countOf = (due: readonly DueSchedules[]) => due.reduce((sum, { count }) => sum + count, 0);

async function setAside({ db, log }: DispatchDeps, scheduleId: string, error: unknown): Promise<boolean> {
  log.error({ err: error, scheduleId }, "a schedule's slots could not be recorded; it is flagged on its page");
  return db.withSystem((tx) => setAsideDue(tx, scheduleId, UNRECORDED));
}

function toDispatchedSlots({ row, count }: SlotOutcome): DispatchedSlot[] {
  if (!row) return [];
  const { status, latenessMs, supersededCount, missedCount } = row;
  const slot = { status, latenessMs, olderSlots: status === "missed" ? missedCount - 1 : supersededCount };
  return Array.from({ length: count }, () => slot);
}
