import { randomUUID } from "node:crypto";
import pino from "pino";
import { expect, it } from "vitest";
import type { Database } from "@/db/client";
import { listInstances } from "@/db/heartbeat";
import { createLiveness } from "@/db/liveness";
import { systemClock } from "@/domain/clock";
import type { TestDatabase } from "@/testing/database";
import { ownDatabase } from "@/testing/own-database";
import { silentLog } from "@/testing/silent-log";
import { createHeartbeat, type Gauges, type HeartbeatOptions } from "./heartbeat";

const IDLE: Gauges = { armedWakeUps: 0, nextWakeUpAt: null, activeRuns: 0, holdReason: null, disk: null };

let db: Database;
let server: TestDatabase;

ownDatabase((own) => {
  ({ db, server } = own);
});

function makeHeartbeat(options: Partial<HeartbeatOptions>) {
  return createHeartbeat({
    db,
    log: silentLog,
    clock: systemClock,
    instanceId: randomUUID(),
    version: "1.2.3",
    roles: ["web"],
    gauges: () => IDLE,
    ...options,
  });
}

const stored = async (instanceId: string) => (await db.withSystem(listInstances)).find((instance) => instance.instanceId === instanceId);

it("a process reports what it does and why it takes no runs, and is gone from the list when it stops", async () => {
  const instanceId = randomUUID();
  const gauges = () => ({ ...IDLE, activeRuns: 2, holdReason: "Less than 1 GB is free.", disk: { freeBytes: 4e8, totalBytes: 5e12 } });
  const heartbeat = makeHeartbeat({ instanceId, roles: ["scheduler", "worker"], gauges });
  await heartbeat.start();
  const told = { ...gauges(), roles: ["scheduler", "worker"], pid: process.pid };
  expect(await stored(instanceId)).toMatchObject(told);
  await heartbeat.stop();
  expect(await stored(instanceId)).toBeUndefined();
});

it("a later report takes the reason back", async () => {
  const instanceId = randomUUID();
  await makeHeartbeat({ instanceId, gauges: () => ({ ...IDLE, holdReason: "The disk is full." }) }).start();
  const heartbeat = makeHeartbeat({ instanceId });
  await heartbeat.start();
  expect(await stored(instanceId)).toMatchObject({ holdReason: null });
  await heartbeat.stop();
});

it("a process is alive while it holds its liveness lock, whatever its last report says", async () => {
  const instanceId = randomUUID();
  const heartbeat = makeHeartbeat({ instanceId });
  const liveness = createLiveness(server.connection, instanceId, silentLog);
  await heartbeat.start();
  await liveness.start();
  expect(await stored(instanceId)).toMatchObject({ alive: true });
  await liveness.stop();
  expect(await stored(instanceId)).toMatchObject({ alive: false });
  await heartbeat.stop();
});

it.each([
  [1_900, 0],
  [-60_000, 1],
])("a clock that is %d ms off is warned about %d times", async (offMs, warnings) => {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const databaseMs = (await db.now()).getTime() - performance.now();
  const clock = { now: () => new Date(databaseMs + performance.now() + offMs), monotonicMs: () => performance.now() };
  const heartbeat = makeHeartbeat({ log, clock });
  await heartbeat.start();
  await heartbeat.start();
  await heartbeat.stop();
  expect(lines).toHaveLength(warnings);
});

it("a database that answers slowly is no clock that is off", async () => {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  let ms = (await db.now()).getTime();
  const clock = { now: () => new Date(ms), monotonicMs: () => ms };
  const slow: Database = {
    ...db,
    async now() {
      const read = new Date(ms + 1_000);
      ms += 60_000;
      return read;
    },
  };
  const heartbeat = makeHeartbeat({ db: slow, log, clock });
  await heartbeat.start();
  await heartbeat.stop();
  expect(lines).toEqual([]);
});
