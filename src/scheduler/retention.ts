import type { Database } from "@/db/client";
import { pruneLeftovers, pruneRuns, type RetentionRules } from "@/db/retention";
import type { Logger } from "@/log/logger";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export interface RetentionOptions extends RetentionRules {
  db: Database;
  log: Logger;
  /** From the start to the first round: a start has more urgent things to do. In milliseconds, 1 minute unless told. */
  firstAfterMs?: number;
  /** From the end of a round to the next. In milliseconds, 1 hour unless told. */
  everyMs?: number;
}

/** Deletes old runs from time to time. Any number of processes may do so. */
export function createRetention(options: RetentionOptions): { start(): void; stop(): Promise<void> } {
  const { db, log, olderThanDays, keepPerOrganization, firstAfterMs = MINUTE_MS, everyMs = HOUR_MS } = options;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> | undefined;

  async function prune() {
    try {
      const runs = await pruneRuns(db, { olderThanDays, keepPerOrganization, signal: stopping.signal });
      if (runs > 0) log.info({ runs }, "old runs were deleted");
      await pruneLeftovers(db);
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, "old runs could not be deleted, it will be tried again");
    }
  }

  function roundIn(ms: number) {
    timer = setTimeout(() => {
      round = prune().then(() => {
        if (!stopping.signal.aborted) roundIn(everyMs);
      });
    }, ms);
  }

  return {
    start: () => roundIn(firstAfterMs),
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await round;
    },
  };
}
