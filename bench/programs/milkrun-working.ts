import { randomUUID } from "node:crypto";
import type pg from "pg";
import pino from "pino";
import { createDatabase } from "@/db/client";
import { systemClock } from "@/domain/clock";
import { createScheduler } from "@/scheduler/scheduler";
import { gives, scriptedCollector } from "@/testing/scripted-collector";
import { createWorker } from "@/worker/worker";
import { hear, say } from "../child";

const RUN_LIMIT_MS = 900_000;

/** Milkrun's clock and worker in one process, as `npm start` runs them; the sources answer at once, so that nothing but Milkrun is measured. */
const { connection, sourceUrl } = await hear<{ connection: pg.ClientConfig; sourceUrl: string }>();
const log = pino({ level: "warn" }, pino.destination(2));
const db = createDatabase(connection, { poolSize: 10, log });
const collectors = scriptedCollector({ [sourceUrl]: gives("one", "two", "three") });
const worker = createWorker({ db, log, connection, instanceId: randomUUID(), collectors, concurrency: 4 });
await db.listener.start();
await worker.start();
await createScheduler({ db, log, clock: systemClock, defaultRunLimitMs: RUN_LIMIT_MS }).start();
say({ armed: true, at: Date.now() });
await hear();
