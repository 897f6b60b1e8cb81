import { announceSilence, findSilence } from "@/db/scheduler-absence";
import { type TransactDeps, transact } from "./transact";

/**
 * Makes a look at whether a scheduler is there, for a worker that outlives it: where none has checked in for more than 90 seconds, that is
 * announced to the organizations with a rule about it, once for each silence. Not at the first look: after a machine has slept, workers and
 * schedulers wake together, and it may come before a scheduler has checked in. An announcement that fails is made at the next look.
 */
export function createSchedulerWatch(deps: TransactDeps): () => Promise<void> {
  let sinceMs: number | null = null;
  let isTold = false;
  return async () => {
    const from = await transact(deps, findSilence);
    const isKnown = from !== null && from.getTime() === sinceMs;
    sinceMs = from?.getTime() ?? null;
    if (!isKnown) isTold = false;
    else if (!isTold) {
      await transact(deps, (tx) => announceSilence(tx, from));
      isTold = true;
    }
  };
}
