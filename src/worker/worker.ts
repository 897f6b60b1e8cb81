import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Task } from "graphile-worker";
import type pg from "pg";
import { z } from "zod";
import type { Database } from "@/db/client";
import { createLiveness } from "@/db/liveness";
import { EXECUTE_RUN, type QUEUED_WORK, TEST_SOURCE, WRITE_EXPORT } from "@/db/queue";
import type { DiskSpace } from "@/domain/disk-space";
import { createRunExecutor, type ExecuteDeps } from "./execute-run";
import { createHold, type HoldOptions } from "./hold";
import { createMessageRunner, type MessageWork } from "./message-runner";
import { createQueuePool } from "./queue-pool";
import { createQueueRunner } from "./queue-runner";
import type { SendDeps } from "./send-messages";
import { testSource } from "./test-source";
import { writeExport } from "./write-export";

/** Runs still going when the process is asked to stop get this long to finish before they are handed back. */
const FINISH_MS = 5_000;
/** Handing back takes a moment, unless the database is away: then the runs are left to whoever finds their leases expired. */
const HAND_BACK_MS = 12_000;

/** Source tests carried out at the same time, beside the runs; they take turns with these at the sites and at reading documents. */
const TESTS_AT_ONCE = 3;
/** Of the queue, besides one for each run: for runs and for tests one to be told of work, and three to look for it and to end it. */
const CONNECTIONS = 5;

export interface Worker {
  start(): Promise<void>;
  /** Takes no more work, lets running work finish for a moment, then hands it back to the queue. */
  stop(): Promise<void>;
  activeRuns(): number;
  /** Why no work is taken at the moment, in words; null while it is. */
  holdReason(): string | null;
  /** The disk of the database as it was at the last look; null where it is not known. */
  diskSpace(): DiskSpace | null;
}

export interface WorkerOptions extends ExecuteDeps, Omit<HoldOptions, "log"> {
  /** What sends notifications; left out, none are sent. */
  messages?: Pick<SendDeps, "senders" | "baseUrl">;
  connection: pg.ClientConfig;
  /** Runs worked on at the same time. */
  concurrency: number;
  /** How long running work may go on after `stop`, before it is handed back. */
  finishMs?: number;
}

const runPayload = z.object({ runId: z.uuid() });
const exportPayload = z.object({ exportId: z.uuid() });
const testPayload = z.object({ testId: z.uuid() });

/** Takes queued runs, source tests and exports and carries them out, and sends notifications. Any number of workers share one database. */
export function createWorker(options: WorkerOptions): Worker {
  const { connection, concurrency, instanceId, log } = options;
  const liveness = createLiveness(connection, instanceId, log);
  const hold = createHold(options);
  const deps: ExecuteDeps = { ...options, db: noticeErrors(options.db, hold.notice) };
  const executeRun = createRunExecutor(deps);
  const shutdown = new AbortController();
  // All runs and exports that are going listen to it.
  setMaxListeners(0, shutdown.signal);
  const active = new Set<Promise<void>>();
  const pool = createQueuePool(connection, concurrency + CONNECTIONS, log);
  const tasks = {
    [EXECUTE_RUN]: (payload) => work(runPayload.parse(payload).runId),
    [TEST_SOURCE]: (payload) => testSource(deps, testPayload.parse(payload).testId),
    [WRITE_EXPORT]: (payload) => writeExport(deps, exportPayload.parse(payload).exportId, { signal: shutdown.signal }),
  } satisfies Record<Exclude<(typeof QUEUED_WORK)[number], MessageWork>, Task>;
  const { [TEST_SOURCE]: test, ...longWork } = tasks;
  // Without the lock others would take a run away at once.
  const shared = { pool, log, mayTake: () => liveness.isHeld() && hold.reason() === null };
  const runner = createQueueRunner({ ...shared, concurrency, taskList: longWork });
  // A person waits for a test, which must not wait for runs: they may all be waiting for their sites for minutes.
  const tests = createQueueRunner({ ...shared, concurrency: TESTS_AT_ONCE, taskList: { [TEST_SOURCE]: test } });
  const messages = options.messages && createMessageRunner({ ...deps, ...options.messages, connection, mayTake: () => hold.reason() === null });
  let stopping: Promise<void> | undefined;

  async function work(runId: string) {
    // Lost since the run was offered: leave it in the queue, which offers it again shortly.
    if (!liveness.isHeld()) throw new Error("The liveness lock is not held; the run stays in the queue.");
    const execution = executeRun(runId, shutdown.signal);
    active.add(execution);
    await execution.finally(() => active.delete(execution));
  }

  async function finish() {
    hold.stop();
    const handBack = setTimeout(() => shutdown.abort(), options.finishMs ?? FINISH_MS);
    const giveUp = new AbortController();
    const tooLong = sleep((options.finishMs ?? FINISH_MS) + HAND_BACK_MS, "too long", { signal: giveUp.signal, ref: false }).catch(() => {});
    const ended = await Promise.race([Promise.all([runner.stop(), tests.stop(), messages?.stop()]), tooLong]);
    if (ended === "too long") log.warn({ runs: active.size }, "some runs could not be handed back, another process takes them up");
    giveUp.abort();
    clearTimeout(handBack);
    await pool.end();
    await liveness.stop();
  }

  return {
    async start() {
      await liveness.start();
      await hold.start();
      await runner.start();
      await tests.start();
      await messages?.start();
    },
    stop: () => (stopping ??= finish()),
    activeRuns: () => active.size,
    holdReason: hold.reason,
    diskSpace: hold.space,
  };
}

/** The same database, whose errors in the work on runs somebody is told of. */
function noticeErrors(db: Database, notice: (error: unknown) => void): Database {
  return {
    ...db,
    withSystem: (work) =>
      db.withSystem(work).catch((error: unknown) => {
        notice(error);
        throw error;
      }),
  };
}
