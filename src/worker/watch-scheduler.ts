import { announceSilence, findSilence } from "@/db/scheduler-absence";
import { type TransactDeps, transact } from "./transact";

/** After a machine has slept, workers and schedulers wake together: the first look may come before a scheduler has checked in. */
const TOLD_AT_LOOK = 2;

/**
 * Makes a look at whether a scheduler is there, for a worker that outlives it: where none has checked in for more than 90 seconds, that is
 * announced to the organizations with a rule about it, once for each silence.
 */
export function createSchedulerWatch(deps: TransactDeps): () => Promise<void> {
  let sinceMs: number | null = null;
  let looks = 0;
  return async () => {
    const from = await transact(deps, findSilence);
    const fromMs = from?.getTime() ?? null;
    looks = fromMs === sinceMs ? looks + 1 : 1;
    sinceMs = fromMs;
    if (from && looks === TOLD_AT_LOOK) await transact(deps, (tx) => announceSilence(tx, from));
  };
}
