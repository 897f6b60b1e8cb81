import { randomUUID } from "node:crypto";
import pino from "pino";
import type { Collection } from "@/collectors/collector";
import { createDatabase, type Database } from "@/db/client";
import { systemClock } from "@/domain/clock";
import { createGracefulExit, exitOnSignals, type GracefulExit } from "@/graceful-exit";
import { createScheduler } from "@/scheduler/scheduler";
import type { SourceCollector } from "@/worker/collect-source";
import { createWorker } from "@/worker/worker";
import { answerCommands, tell } from "./child-channel";
import { createHolds, watchTransactions } from "./holds";
import type { InstanceCommand, InstanceOptions } from "./instance-protocol";
import { collectScripted } from "./scripted-url";

const RUN_LIMIT_MS = 15 * 60_000;
const DEFAULT_CONCURRENCY = 4;

/** The collectors' part: sources do what their addresses say, and each is told of. */
function createCollectors(instanceId: string): SourceCollector {
  return {
    inspect: async (url) => ({ finalUrl: url, suggestions: [] }),
    async collect({ url }, { signal }): Promise<Collection> {
      tell({ event: "collecting", url });
      const items = await collectScripted(url, instanceId, signal);
      tell({ event: "collected", url });
      return { outcome: "collected", items, httpStatus: 200, wireBytes: 10, finalUrl: url, pages: 1, truncated: false, isWhole: true, fieldFill: {} };
    },
  };
}

/** Counts the transactions of the scheduler: a storm shows there. */
function countTransactions(db: Database): { db: Database; transactions: () => number } {
  let transactions = 0;
  const counting: Database = {
    ...db,
    withSystem: (work) => {
      transactions++;
      return db.withSystem(work);
    },
  };
  return { db: counting, transactions: () => transactions };
}

/** Milkrun's own scheduler and worker as a process of a fault test, put together and ended as the server does it. */
export async function runInstance(options: InstanceOptions): Promise<void> {
  const log = pino({ level: "info" }, pino.destination(2));
  const life = createGracefulExit(log);
  exitOnSignals(life, log);
  await start(options, log, life);
}

async function start(options: InstanceOptions, log: pino.Logger, life: GracefulExit): Promise<void> {
  const { connection, roles, concurrency = DEFAULT_CONCURRENCY, poolSize = concurrency + 2, finishMs, holds = [], impatient = false } = options;
  const instanceId = randomUUID();
  const db = createDatabase(connection, { poolSize, log });
  life.onExit(() => db.close());
  await db.listener.start();
  const counted = countTransactions(db);
  const scheduler = createScheduler({ db: counted.db, log, clock: systemClock, defaultRunLimitMs: RUN_LIMIT_MS });
  if (roles.includes("scheduler")) {
    life.onExit(() => scheduler.stop());
    await scheduler.start();
  }
  const held = createHolds(holds, (runId) => tell({ event: "held", runId }));
  const watched = watchTransactions(db, held.runIds, held.pass);
  const collectors = createCollectors(instanceId);
  const worker = createWorker({ db: watched, log, connection, collectors, instanceId, concurrency, finishMs, ...(impatient && { wait: giveUp }) });
  if (roles.includes("worker")) {
    life.onExit(() => worker.stop());
    await worker.start();
  }
  answerCommands((command: InstanceCommand) => {
    if (command.command === "block") return block(command.ms);
    tell({ event: "report", activeRuns: worker.activeRuns(), armedWakeUps: scheduler.armedWakeUps(), transactions: counted.transactions() });
  });
  tell({ event: "ready", instanceId });
}

const giveUp = () => Promise.reject(new Error("The database could not do it at once, and nothing is tried again."));

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
  tell({ event: "blocked" });
}
