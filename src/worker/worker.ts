import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Task, TaskList } from "graphile-worker";
import type pg from "pg";
import { z } from "zod";
import type { Database } from "@/db/client";
import { createLiveness } from "@/db/liveness";
import { EXECUTE_RUN, type QUEUED_WORK, TEST_SOURCE, WRITE_EXPORT } from "@/db/queue";
import type { DiskSpace } from "@/domain/disk-space";
import { createFairTurns, type TurnsUse } from "@/domain/fair-turns";
import { planTaking } from "@/domain/take-runs";
import { createRunExecutor, type ExecuteDeps, PARALLEL_SOURCES } from "./execute-run";
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

/** Runs that are being taken at the same time, each of which takes a moment. Those that were taken are as many as come. */
const TAKEN_AT_ONCE = 4;
/** Exports written at the same time, beside the runs. */
const EXPORTS_AT_ONCE = 2;
/** Source tests carried out at the same time, beside the runs; they take turns with these at the sites and at reading documents. */
const TESTS_AT_ONCE = 3;
/** Of the queue: for runs, exports and tests one to be told of work, and six to look for it and to end it. */
const CONNECTIONS = 9;

export interface Worker {
  start(): Promise<void>;
  /** Takes no more work, lets running work finish for a moment, then hands it back to the queue. */
  stop(): Promise<void>;
  activeRuns(): number;
  /** How much is being collected, of how much may be. */
  collecting(): TurnsUse;
  /** Why no work is taken at the moment, in words; null while it is. */
  holdReason(): string | null;
  /** The disk of the database as it was at the last look; null where it is not known. */
  diskSpace(): DiskSpace | null;
}

export interface WorkerOptions extends Omit<ExecuteDeps, "places" | "noticeError">, Omit<HoldOptions, "log"> {
  /** What sends notifications; left out, none are sent. */
  messages?: Pick<SendDeps, "senders" | "baseUrl">;
  connection: pg.ClientConfig;
  /** How much is collected at the same time, in fours: that is how many sources one run collects at once. */
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
  const places = createFairTurns(concurrency * PARALLEL_SOURCES);
  const deps: ExecuteDeps = { ...options, places, noticeError: hold.notice, db: noticeErrors(options.db, hold.notice) };
  const executeRun = createRunExecutor(deps);
  const shutdown = new AbortController();
  // All runs and exports that are going listen to it.
  setMaxListeners(0, shutdown.signal);
  const active = new Set<Promise<void>>();
  const pool = createQueuePool(connection, CONNECTIONS, log);
  const tasks = {
    [EXECUTE_RUN]: (payload) => takeUp(runPayload.parse(payload).runId),
    [TEST_SOURCE]: (payload) => testSource(deps, testPayload.parse(payload).testId),
    [WRITE_EXPORT]: (payload) => writeExport(deps, exportPayload.parse(payload).exportId, { signal: shutdown.signal }),
  } satisfies Record<Exclude<(typeof QUEUED_WORK)[number], MessageWork>, Task>;
  // Without the lock others would take a run away at once.
  const shared = { pool, log, mayTake: () => liveness.isHeld() && hold.reason() === null };
  // Each kind by itself: a run comes at its time and a person waits for a test, whatever else takes minutes.
  const runners = [
    createQueueRunner({
      ...shared,
      concurrency: TAKEN_AT_ONCE,
      taskList: pick(tasks, EXECUTE_RUN),
      mayTake: () => shared.mayTake() && planTaking(places.use()) !== "later",
      letsOthersFirst: () => planTaking(places.use()) === "after_others",
    }),
    createQueueRunner({ ...shared, concurrency: EXPORTS_AT_ONCE, taskList: pick(tasks, WRITE_EXPORT) }),
    createQueueRunner({ ...shared, concurrency: TESTS_AT_ONCE, taskList: pick(tasks, TEST_SOURCE) }),
  ];
  const messages = options.messages && createMessageRunner({ ...deps, ...options.messages, connection, mayTake: () => hold.reason() === null });
  let stopping: Promise<void> | undefined;

  /** Resolves when the run is ours and the queue may forget it, so that however many runs are going the next one is taken at once. */
  async function takeUp(runId: string): Promise<void> {
    // Lost since the run was offered: leave it in the queue, which offers it again shortly.
    if (!liveness.isHeld()) throw new Error("The liveness lock is not held; the run stays in the queue.");
    await new Promise<void>((resolve, reject) => {
      const execution: Promise<void> = executeRun(runId, shutdown.signal, resolve)
        .then(resolve, reject)
        .finally(() => active.delete(execution));
      active.add(execution);
    });
  }

  /** Resolves when nothing more is taken and what was taken has ended. */
  async function endAll(): Promise<void> {
    await Promise.all([...runners.map((runner) => runner.stop()), messages?.stop()]);
    await Promise.all(active);
  }

  async function finish() {
    hold.stop();
    const handBack = setTimeout(() => shutdown.abort(), options.finishMs ?? FINISH_MS);
    const giveUp = new AbortController();
    const tooLong = sleep((options.finishMs ?? FINISH_MS) + HAND_BACK_MS, "too long", { signal: giveUp.signal, ref: false }).catch(() => {});
    const ended = await Promise.race([endAll(), tooLong]);
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
      for (const runner of runners) await runner.start();
      await messages?.start();
    },
    stop: () => (stopping ??= finish()),
    activeRuns: () => active.size,
    collecting: places.use,
    holdReason: hold.reason,
    diskSpace: hold.space,
  };
}

function pick<Name extends string>(tasks: Record<Name, Task>, name: Name): TaskList {
  return { [name]: tasks[name] };
}

/** The same database, whose errors in the work on runs somebody is told of. */
function noticeErrors(db: Database, notice: (error: unknown) => void): Database {
  const passOn = (error: unknown) => {
    notice(error);
    throw error;
  };
  return { ...db, withSystem: (work) => db.withSystem(work).catch(passOn), withSql: (work) => db.withSql(work).catch(passOn) };
}
