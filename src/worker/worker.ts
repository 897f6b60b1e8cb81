import { Logger as QueueLogger, type Runner, run } from "graphile-worker";
import pg from "pg";
import { z } from "zod";
import { createLiveness } from "@/db/liveness";
import { EXECUTE_RUN, TEST_SOURCE } from "@/db/queue";
import type { Logger } from "@/log/logger";
import { type ExecuteDeps, executeRun } from "./execute-run";
import { testSource } from "./test-source";

/** A lost notification of new work costs at most this much. */
const POLL_MS = 2_000;
/** Runs still going when the process is asked to stop get this long to finish before they are handed back. */
const FINISH_MS = 5_000;
const ABORT_MS = 25_000;

export interface Worker {
  start(): Promise<void>;
  /** Takes no more work, lets running work finish for a moment, then hands it back to the queue. */
  stop(): Promise<void>;
  activeRuns(): number;
}

export interface WorkerOptions extends ExecuteDeps {
  connection: pg.ClientConfig;
  /** Runs worked on at the same time. */
  concurrency: number;
  /** How long running work may go on after `stop`, before it is handed back. */
  finishMs?: number;
}

const runPayload = z.object({ runId: z.uuid() });
const testPayload = z.object({ testId: z.uuid() });

function queueLogger(log: Logger): QueueLogger {
  const levels = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;
  return new QueueLogger(() => (level, message) => log[levels[level]]({ part: "queue" }, message));
}

function createQueuePool(options: WorkerOptions): pg.Pool {
  const pool = new pg.Pool({ ...options.connection, max: options.concurrency + 3 });
  // The error carries the whole client: log its text only.
  const onError = (error: Error) => options.log.warn({ reason: error.message }, "a connection of the queue broke");
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}

/** Takes queued runs and source tests and carries them out. Any number of workers share one database. */
export function createWorker(options: WorkerOptions): Worker {
  const liveness = createLiveness(options.connection, options.instanceId, options.log);
  const shutdown = new AbortController();
  const active = new Set<Promise<void>>();
  let pool: pg.Pool | undefined;
  let runner: Runner | undefined;
  let stopping: Promise<void> | undefined;

  async function work(runId: string) {
    // Without the lock others would take the run away at once: leave it in the queue, which offers it again shortly.
    if (!liveness.isHeld()) throw new Error("The liveness lock is not held; the run stays in the queue.");
    const execution = executeRun(options, runId, shutdown.signal);
    active.add(execution);
    await execution.finally(() => active.delete(execution));
  }

  async function finish() {
    const handBack = setTimeout(() => shutdown.abort(), options.finishMs ?? FINISH_MS);
    await runner?.stop();
    await Promise.allSettled(active);
    clearTimeout(handBack);
    await pool?.end();
    await liveness.stop();
  }

  return {
    async start() {
      await liveness.start();
      pool = createQueuePool(options);
      runner = await run({
        pgPool: pool,
        concurrency: options.concurrency,
        pollInterval: POLL_MS,
        noHandleSignals: true,
        parsedCronItems: [],
        gracefulShutdownAbortTimeout: ABORT_MS,
        logger: queueLogger(options.log),
        taskList: {
          [EXECUTE_RUN]: (payload) => work(runPayload.parse(payload).runId),
          [TEST_SOURCE]: (payload) => testSource(options, testPayload.parse(payload).testId),
        },
      });
    },
    stop: () => (stopping ??= finish()),
    activeRuns: () => active.size,
  };
}
