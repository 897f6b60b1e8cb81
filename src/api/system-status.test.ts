import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { beat } from "@/db/heartbeat";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { readSystemStatus } from "./system-status";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

/** A server whose clock is this far ahead of the database's. */
async function statusOf(aheadMs: number) {
  const offsetMs = (await world.db.now()).getTime() + aheadMs - performance.now();
  const clock = { now: () => new Date(performance.now() + offsetMs), monotonicMs: () => performance.now() };
  return readSystemStatus(world.db, { clock, version: "1.2.3" });
}

const report = () => ({
  instanceId: randomUUID(),
  host: "here",
  pid: 1,
  version: "1.2.3",
  startedAt: new Date(),
  at: new Date(),
  armedWakeUps: 2,
  nextWakeUpAt: null,
  activeRuns: 1,
});

test("before any process reported the scheduler is not alive", async () => {
  expect(await statusOf(0)).toMatchObject({ instances: [], schedulerAlive: false, schedulerLastSeenAt: null, version: "1.2.3" });
});

test("a heartbeat younger than 90 seconds means that a scheduler is at work, an older one that none is", async () => {
  const instance = report();
  await beat(world.db, instance);
  expect(await statusOf(0)).toMatchObject({ schedulerAlive: true, instances: [{ instanceId: instance.instanceId, armedWakeUps: 2 }] });
  await world.db.system.$executeRaw`update heartbeat set last_seen_at = clock_timestamp() - interval '91 seconds'`;
  expect(await statusOf(0)).toMatchObject({ schedulerAlive: false });
});

test("the clock skew is the server's clock minus the database's", async () => {
  const { clockSkewMs, serverTime, databaseTime } = await statusOf(300_000);
  expect(Math.abs(clockSkewMs - 300_000)).toBeLessThan(2_000);
  expect(serverTime.getTime() - databaseTime.getTime()).toBeGreaterThan(290_000);
});

test("the queue is counted over the whole installation, the database is named and measured", async () => {
  const { session, presetId } = await world.organization();
  await world.caller(session).run.start({ requestKey: randomUUID(), presetId });
  const viewer = await world.organization();
  const status = await world.caller(viewer.session).system.status();
  expect(status).toMatchObject({
    queuedRuns: 1,
    runningRuns: 0,
    postgresVersion: expect.stringMatching(/^1[5-9]/),
    timeZoneData: expect.stringMatching(/^20\d\d/),
  });
  expect(status.databaseBytes).toBeGreaterThan(1_000_000);
});
