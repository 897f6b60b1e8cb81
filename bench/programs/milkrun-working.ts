import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import pino from "pino";
import { createVisit } from "@/collectors/visit";
import { createDatabase } from "@/db/client";
import { systemClock } from "@/domain/clock";
import { createScheduler } from "@/scheduler/scheduler";
import { createOrganization } from "@/testing/factories";
import { openGate } from "@/testing/manners";
import { gives, scriptedCollector } from "@/testing/scripted-collector";
import { startRunOf } from "@/testing/started-run";
import type { SourceCollector } from "@/worker/collect-source";
import { createWorker } from "@/worker/worker";
import { hear, say } from "../child";

const RUN_LIMIT_MS = 900_000;
const CONCURRENCY = 4;
const WAITING_URL = "https://waiting.example/";
const LOOK_MS = 100;

/**
 * Milkrun's clock and worker in one process, as `npm start` runs them; the sources answer at once, so that nothing but Milkrun is measured. Beside
 * them so many runs, each an organization's own, wait for their site and never come to ask it.
 */
const { connection, sourceUrl, waiting } = await hear<{ connection: pg.ClientConfig; sourceUrl: string; waiting: number }>();
const log = pino({ level: "warn" }, pino.destination(2));
const db = createDatabase(connection, { poolSize: 10, log });
const collectors: SourceCollector = {
  ...scriptedCollector({ [sourceUrl]: gives("one", "two", "three") }),
  async approach({ url }, visitor) {
    const { signal } = visitor;
    if (url === WAITING_URL) await visitor.stepOut(() => new Promise((resolve) => signal.addEventListener("abort", resolve)));
    return createVisit(openGate, false, visitor);
  },
};
const worker = createWorker({ db, log, connection, instanceId: randomUUID(), collectors, concurrency: CONCURRENCY });
await db.listener.start();
await worker.start();
const memoryBefore = memory();
await beginWaiting();
const waitingBytes = memory() - memoryBefore;
await createScheduler({ db, log, clock: systemClock, defaultRunLimitMs: RUN_LIMIT_MS }).start();
say({ armed: true, at: Date.now(), waitingBytes });
await hear();

async function beginWaiting(): Promise<void> {
  for (let nth = 0; nth < waiting; nth++) {
    await startRunOf(db, await createOrganization(db, { urls: [WAITING_URL] }), RUN_LIMIT_MS);
  }
  while (worker.activeRuns() < waiting || worker.collecting().taken > 0) await sleep(LOOK_MS);
}

function memory(): number {
  global.gc?.();
  return process.memoryUsage().heapUsed;
}
