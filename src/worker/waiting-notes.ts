import type { Lease } from "@/db/run-lease";
import { markWaiting } from "@/db/source-attempts";
import type { FairTurns } from "@/domain/fair-turns";
import { WORTH_TELLING_WAIT_MS } from "@/domain/run-event-lines";
import { type TransactDeps, transactSql } from "./transact";

/** Which sources of a run wait for their turn at their site, for the page of the run to show. */
export interface WaitingNotes {
  /** From now on this source waits; once more changes nothing. */
  begin(runSourceId: string): void;
  /** It waits no more. Returns how long it did, in milliseconds; 0 where it did not. */
  end(runSourceId: string): number;
  /** Notes nothing from now on. */
  stop(): Promise<void>;
}

/**
 * Writes down what waits, all of it together and only after a second: most turns come at once, and a thousand sources of one site must not
 * become a thousand transactions. Nobody depends on the notes: where they cannot be written the run goes on.
 * @param turns In which runs write them, as a thousand runs of one site must not do so at once either.
 */
export function createWaitingNotes(deps: TransactDeps, lease: Lease, turns: FairTurns): WaitingNotes {
  const stopped = new AbortController();
  const waiting = new Map<string, { sinceMs: number; isNoted: boolean }>();
  let writing: Promise<void> = Promise.resolve();

  async function writeInTurn() {
    const leave = await turns.take(lease.runId, stopped.signal);
    if (leave) await write().finally(leave);
  }

  async function write() {
    const nowMs = performance.now();
    const due = [...waiting].filter(([, { sinceMs, isNoted }]) => !isNoted && nowMs - sinceMs >= WORTH_TELLING_WAIT_MS);
    if (due.length === 0) return;
    for (const [, note] of due) note.isNoted = true;
    const sources = due.map(([runSourceId, { sinceMs }]) => ({ runSourceId, waitedMs: nowMs - sinceMs }));
    await transactSql(deps, (tx) => markWaiting(tx, lease, sources)).catch((error: Error) =>
      deps.log.warn({ reason: error.message, runId: lease.runId }, "what waits for its site could not be noted"),
    );
  }

  const timer = setInterval(() => {
    writing = writing.then(writeInTurn);
  }, WORTH_TELLING_WAIT_MS);

  return {
    begin(runSourceId) {
      if (!waiting.has(runSourceId)) waiting.set(runSourceId, { sinceMs: performance.now(), isNoted: false });
    },
    end(runSourceId) {
      const waitedMs = performance.now() - (waiting.get(runSourceId)?.sinceMs ?? performance.now());
      waiting.delete(runSourceId);
      return Math.max(0, waitedMs);
    },
    async stop() {
      clearInterval(timer);
      stopped.abort();
      await writing;
    },
  };
}
