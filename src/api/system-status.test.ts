import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { beat, type InstanceReport } from "@/db/heartbeat";
import { createLiveness, type Liveness } from "@/db/liveness";
import { takeRun } from "@/db/run-lease";
import { snapshotSources } from "@/db/run-sources";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { createSchedule } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { readSystemStatus } from "./system-status";

let world: ApiWorld;
const living: Liveness[] = [];

beforeAll(async () => {
  world = await createApiWorld();
});

afterEach(async () => {
  await Promise.all(living.splice(0).map((liveness) => liveness.stop()));
  await world.db.system.heartbeat.deleteMany();
  await world.db.system.run.deleteMany();
});

afterAll(() => world.close());

/** A server whose clock is this far ahead of the database's. */
async function statusOf(aheadMs: number) {
  const offsetMs = (await world.db.now()).getTime() + aheadMs - performance.now();
  const clock = { now: () => new Date(performance.now() + offsetMs), monotonicMs: () => performance.now() };
  return readSystemStatus(world.db, { clock, version: "1.2.3" });
}

const report = (changes: Partial<InstanceReport> = {}): InstanceReport => ({
  instanceId: randomUUID(),
  host: "here",
  pid: 1,
  version: "1.2.3",
  roles: ["web", "scheduler", "worker"],
  startedAt: new Date(),
  clockSkewMs: 0,
  armedWakeUps: 2,
  nextWakeUpAt: null,
  activeRuns: 1,
  holdReason: null,
  disk: null,
  ...changes,
});

/** A process that reports and lives until the test ends. */
async function startProcess(changes: Partial<InstanceReport>): Promise<string> {
  const { instanceId, ...rest } = report(changes);
  await beat(world.db, { instanceId, ...rest });
  const liveness = createLiveness(world.testDatabase.connection, instanceId, silentLog);
  await liveness.start();
  living.push(liveness);
  return instanceId;
}

test("before any process reported neither scheduler nor worker is alive", async () => {
  expect(await statusOf(0)).toMatchObject({ instances: [], schedulerAlive: false, schedulerLastSeenAt: null, workerAlive: false, version: "1.2.3" });
});

test("a heartbeat younger than 90 seconds means that a scheduler is at work, an older one that none is", async () => {
  const instance = report();
  await beat(world.db, instance);
  expect(await statusOf(0)).toMatchObject({ schedulerAlive: true, instances: [{ instanceId: instance.instanceId, armedWakeUps: 2 }] });
  await world.db.system.$executeRaw`update heartbeat set last_seen_at = clock_timestamp() - interval '91 seconds'`;
  expect(await statusOf(0)).toMatchObject({ schedulerAlive: false });
});

test("a process that dispatches no slots says nothing of the scheduler", async () => {
  const scheduler = report({ roles: ["scheduler"] });
  await beat(world.db, scheduler);
  await world.db.system.$executeRaw`update heartbeat set last_seen_at = clock_timestamp() - interval '5 minutes'`;
  await startProcess({ roles: ["web", "worker"] });
  const { schedulerAlive, schedulerLastSeenAt, instances } = await statusOf(0);
  expect(schedulerAlive).toBe(false);
  expect(schedulerLastSeenAt).toEqual(instances.find(({ instanceId }) => instanceId === scheduler.instanceId)?.lastSeenAt);
});

test("a worker is alive while it holds its lock; a process without that role is none", async () => {
  await startProcess({ roles: ["web", "scheduler"] });
  await beat(world.db, report({ roles: ["worker"] }));
  expect(await statusOf(0)).toMatchObject({ workerAlive: false, holdReason: null });
  await startProcess({ roles: ["worker"] });
  expect(await statusOf(0)).toMatchObject({ workerAlive: true, holdReason: null });
});

test("nothing is collected when every living worker holds, and only then", async () => {
  const holdReason = "Less than 1 GB is free.";
  await startProcess({ roles: ["worker"], holdReason });
  await startProcess({ roles: ["web"] });
  await beat(world.db, report({ roles: ["worker"] }));
  expect(await statusOf(0)).toMatchObject({ workerAlive: true, holdReason });
  await startProcess({ roles: ["worker"] });
  const status = await statusOf(0);
  expect(status.holdReason).toBeNull();
  expect(status.instances.filter((instance) => instance.holdReason === holdReason)).toHaveLength(1);
});

test("the clock skew is the server's clock minus the database's", async () => {
  const { clockSkewMs, serverTime, databaseTime } = await statusOf(300_000);
  expect(Math.abs(clockSkewMs - 300_000)).toBeLessThan(2_000);
  expect(serverTime.getTime() - databaseTime.getTime()).toBeGreaterThan(290_000);
});

test("the queue is counted over the whole installation, the database is named and measured", async () => {
  const { session, presetId } = await world.organization();
  const { runId } = await world.caller(session).run.start({ requestKey: randomUUID(), presetId });
  await world.db.system.$executeRaw`update run set queued_at = queued_at - interval '1 minute' where id = ${runId}::uuid`;
  await world.db.system.installation.update({ where: { id: 1 }, data: { timeZoneData: "2025c" } });
  const viewer = await world.organization();
  const status = await world.caller(viewer.session).system.status();
  expect(status).toMatchObject({
    queuedRuns: 1,
    runningRuns: 0,
    postgresVersion: expect.stringMatching(/^1[5-9]/),
    timeZoneData: expect.stringMatching(/^20\d\d/),
    slotsTimeZoneData: "2025c",
    runRetention: { days: 90, count: 10_000 },
  });
  expect(status.databaseBytes).toBeGreaterThan(1_000_000);
  expect(status.longestWaitMs).toBeGreaterThanOrEqual(60_000);
});

test("the runs that are worked on are told with their progress, and those of other organizations without their names", async () => {
  const [own, other] = [await world.organization({ urls: ["https://a.example/", "https://b.example/"] }), await world.organization()];
  const workerId = randomUUID();
  const ownRun = await takeRunOf(own, workerId);
  await takeRunOf(other, workerId);
  await world.db.system.runSource.updateMany({ where: { runId: ownRun.runId, position: 0 }, data: { status: "failed", finishedAt: new Date() } });
  const { heldRuns } = await world.caller(own.session).system.work();
  expect(heldRuns).toMatchObject([
    { run: { id: ownRun.runId, number: ownRun.number }, instanceId: workerId, doneSourceCount: 1, sourceCount: 2 },
    { run: null, instanceId: workerId, doneSourceCount: 0, sourceCount: 1 },
  ]);
});

test("the next 20 instants are told with how many schedules are due then", async () => {
  const firstAt = Date.parse("2126-01-01T00:00:00Z");
  for (const minute of [3, 0, 1, 1, 2, ...Array.from({ length: 17 }, (_, index) => index + 4)]) await schedule(new Date(firstAt + minute * 60_000));
  const off = await schedule(new Date(firstAt));
  await world.db.system.schedule.update({ where: { orgId: off.orgId }, data: { enabled: false } });
  const { session } = await world.organization();
  const dueInstants = await world.caller(session).system.dueInstants();
  expect(dueInstants.map(({ at }) => (at.getTime() - firstAt) / 60_000)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(dueInstants.map(({ schedules }) => schedules)).toEqual([1, 2, ...Array.from({ length: 18 }, () => 1)]);
});

test("processes are named to owners and admins only", async () => {
  await startProcess({ host: "db-host-7", pid: 4711 });
  const { orgId, session } = await world.organization();
  const seenBy = async (asker: typeof session) => (await world.caller(asker).system.status()).instances[0];
  expect(await seenBy(session)).toMatchObject({ host: "db-host-7", pid: 4711 });
  expect(await seenBy(await world.join(orgId, "admin"))).toMatchObject({ host: "db-host-7" });
  expect(await seenBy(await world.join(orgId, "editor"))).toMatchObject({ host: null, pid: null, armedWakeUps: 2 });
});

test("how collecting goes is told by what the organization's own last runs found", async () => {
  const { orgId, session, sourceIds } = await world.organization({ urls: ["https://a.example/", "https://b.example/", "https://c.example/"] });
  const other = await world.organization({ urls: ["https://d.example/", "https://e.example/"] });
  const lastSuccessAt = new Date((await world.db.now()).getTime() - 240_000);
  const lastFailureAt = new Date(lastSuccessAt.getTime() + 60_000);
  const update = (index: number, data: object) => world.db.system.source.update({ where: { orgId_id: { orgId, id: sourceIds[index] ?? "" } }, data });
  await update(0, { lastSuccessAt });
  await update(1, { lastFailureAt, consecutiveFailures: 2 });
  await update(2, { lastSuccessAt: new Date(lastSuccessAt.getTime() - 4_000_000) });
  const collecting = async (asker: typeof session) => await world.caller(asker).system.collecting();
  const now = await world.db.now();
  await world.db.system.source.updateMany({ where: { orgId: other.orgId }, data: { lastSuccessAt: now, lastFailureAt: now } });
  for (const asker of [session, await world.join(orgId, "viewer")]) {
    expect(await collecting(asker)).toEqual({ lastSuccessAt, lastFailureAt, succeeding: 1, failing: 1 });
  }
  expect(await collecting(other.session)).toEqual({ lastSuccessAt: now, lastFailureAt: now, succeeding: 2, failing: 0 });
});

/** A run of this organization in the hands of a worker. */
async function takeRunOf({ session, presetId, orgId }: Awaited<ReturnType<ApiWorld["organization"]>>, workerId: string) {
  const started = await world.caller(session).run.start({ requestKey: randomUUID(), presetId });
  const lease = { orgId, runId: started.runId, token: randomUUID() };
  await world.db.withSystem(async (tx) => {
    await takeRun(tx, lease.runId, { workerId, token: lease.token });
    await snapshotSources(tx, lease, presetId);
  });
  return started;
}

async function schedule(nextRunAt: Date) {
  const organization = await world.organization();
  await createSchedule(world.db, organization, { nextRunAt, lowerBoundAt: new Date(nextRunAt.getTime() - 1) });
  return organization;
}
