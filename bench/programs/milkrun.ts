import type pg from "pg";
import pino from "pino";
import { createDatabase } from "@/db/client";
import { systemClock } from "@/domain/clock";
import { createScheduler } from "@/scheduler/scheduler";
import { hear, say } from "../child";

const RUN_LIMIT_MS = 900_000;
const POOL = 10;

/** Milkrun's clock as a process runs it, with the real scheduler and nothing else. */
const { connection } = await hear<{ connection: pg.ClientConfig }>();
const log = pino({ level: "warn" }, pino.destination(2));
const db = createDatabase(connection, { poolSize: POOL, log });
const scheduler = createScheduler({
  db,
  log,
  clock: systemClock,
  defaultRunLimitMs: RUN_LIMIT_MS,
  observe: {
    dispatched: ({ slots }) => say({ dispatched: slots.length, at: Date.now() }),
    reaped: () => {},
  },
});
await db.listener.start();
// Every process that uses the database has done this before it starts its clock: what follows is the clock's alone.
await db.withSystem((tx) => tx.installation.findFirst());
globalThis.gc?.();
say({ connected: true });

await hear();
const startedMs = performance.now();
await scheduler.start();
say({ armed: scheduler.armedWakeUps(), tookMs: performance.now() - startedMs, at: Date.now() });
await hear();
