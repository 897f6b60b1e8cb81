import { setTimeout as sleep } from "node:timers/promises";
import { Logger as QueueLogger, type Runner, run, type TaskList } from "graphile-worker";
import type pg from "pg";
import type { Logger } from "@/log/logger";

/** A lost notification of new work costs at most this much. */
const POLL_MS = 2_000;
const ABORT_MS = 25_000;
/** How often it is looked whether work may be taken again, and how long others are let go first. */
const GATE_MS = 250;
/** Waits before each further attempt to run the queue again; the last one repeats. */
const RESTART_MS = [200, 1_000, 5_000, 15_000];
/** A runner that ran for this long before it ended is no runner that ends at once. */
const STEADY_MS = 60_000;

export interface QueueRunner {
  /** Resolves when work is taken. Throws when the database cannot be used. */
  start(): Promise<void>;
  /** Takes no more work, and resolves when what was taken has ended. */
  stop(): Promise<void>;
}

interface QueueRunnerOptions {
  pool: pg.Pool;
  log: Logger;
  /** Pieces of work carried out at the same time. */
  concurrency: number;
  taskList: TaskList;
  /** Whether more work may be taken now. While it may not, the queue is left as it is: no attempt is used up. */
  mayTake(): boolean;
  /** Whether other processes have a moment to take what there is before this one does. */
  letsOthersFirst?(): boolean;
}

/** Runs the queue until `stop`: a runner that ends by itself is followed by another. */
export function createQueueRunner(options: QueueRunnerOptions): QueueRunner {
  const { log } = options;
  const ending = new AbortController();
  let runner: Runner | undefined;
  let watching: Promise<void> = Promise.resolve();

  /** Asked before each look at the queue, which the answer lets pass unfiltered. */
  async function gate(): Promise<null> {
    while (!options.mayTake() && !ending.signal.aborted) await sleep(GATE_MS);
    if (options.letsOthersFirst?.()) await sleep(GATE_MS);
    return null;
  }

  async function begin(): Promise<Runner> {
    const begun = await run({
      pgPool: options.pool,
      concurrency: options.concurrency,
      taskList: options.taskList,
      forbiddenFlags: gate,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      parsedCronItems: [],
      gracefulShutdownAbortTimeout: ABORT_MS,
      logger: queueLogger(log),
    });
    // A look that fails finds nothing (queue-pool), so this is of the one question asked before the first: graphile-worker 0.17 keeps
    // its failure for ever. Not at once: those of its workers that hear of it together are to have done so.
    begun.events.on("worker:getJob:error", () => setImmediate(() => begun.stop().catch(() => {})));
    return begun;
  }

  async function watch(): Promise<void> {
    for (let failures = 0; !ending.signal.aborted; failures++) {
      const began = performance.now();
      const reason = await runner?.promise.then(
        () => "it was asked to",
        (error: Error) => error.message,
      );
      if (ending.signal.aborted) return;
      if (performance.now() - began > STEADY_MS) failures = 0;
      const delayMs = RESTART_MS[Math.min(failures, RESTART_MS.length - 1)];
      log.warn({ reason, delayMs }, "the queue stopped being worked on, it is taken up again");
      await sleep(delayMs, undefined, { signal: ending.signal });
      runner = await begin().catch((error: Error) => refused(error));
    }
  }

  /** Stands for a runner that did not come about. */
  function refused(error: Error): undefined {
    log.error({ reason: error.message }, "the queue could not be taken up");
  }

  return {
    async start() {
      runner = await begin();
      watching = watch().catch(() => {});
    },
    async stop() {
      ending.abort();
      await runner?.stop().catch(() => {}); // it has just ended by itself
      await watching;
    },
  };
}

/** Not so here: connections are lent for a statement and not for a piece of work, which has its own. */
const IS_SHORT_OF_CONNECTIONS = /maxPoolSize .* smaller than concurrency/;

function queueLogger(log: Logger): QueueLogger {
  const levels = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;
  return new QueueLogger(() => (level, message) => {
    if (!IS_SHORT_OF_CONNECTIONS.test(message)) log[levels[level]]({ part: "queue" }, message);
  });
}
