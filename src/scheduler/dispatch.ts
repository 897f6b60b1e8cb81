import type { Database } from "@/db/client";
import type { Logger } from "@/log/logger";
import { type DispatchDeps, dispatchBatch } from "./dispatch-batch";
import type { SchedulerObserver } from "./observer";

/** Schedules dispatched in one transaction. */
const BATCH = 1_000;
/** Transactions at the same time in a burst: while the database writes the rows of one, the other is planned. */
const LANES = 2;
/** After the database refused a row, batches are this much smaller, until the row stands alone. */
const NARROWER = 8;

/**
 * Decides what becomes of every slot that is due by the database's clock, and commits it batch by batch: ledger rows, queued work and
 * next slots together or not at all. Any number of processes may do this at once. Returns how many schedules were dispatched.
 */
export async function dispatchDue(db: Database, log: Logger, defaultRunLimitMs: number, observe?: SchedulerObserver): Promise<number> {
  const deps = { db, log, defaultRunLimitMs, observe };
  const lanes: Promise<number>[] = [];
  let failure: unknown;
  const openLane = () => {
    if (lanes.length === LANES) return;
    const lane = dispatchLane(deps, openLane).catch((error: unknown) => {
      failure ??= error;
      return 0;
    });
    lanes.push(lane);
  };

  openLane();
  let dispatched = 0;
  // A lane opens the next one while it works, so the list grows while it is gone through.
  for (const lane of lanes) dispatched += await lane;
  if (failure !== undefined) throw failure;
  return dispatched;
}

/** Dispatches one batch after the other until nothing is due that nobody else has claimed. */
async function dispatchLane(deps: DispatchDeps, onFullBatch: () => void): Promise<number> {
  let dispatched = 0;
  for (let size = BATCH; ; ) {
    const { claimed, done } = await dispatchBatch(deps, size, (count) => void (count === BATCH && onFullBatch()));
    if (done) dispatched += claimed;
    if (done && claimed < size) return dispatched;
    size = done ? (claimed === 1 ? BATCH : size) : Math.ceil(claimed / NARROWER);
  }
}
