import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { saveSchedule } from "@/db/schedules";
import { type Clock, systemClock } from "@/domain/clock";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, createSchedule } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { createScheduler, type Scheduler } from "./scheduler";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let server: TestDatabase;
let db: Database;
const running: Scheduler[] = [];

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 8, log: silentLog });
  await db.listener.start();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((scheduler) => scheduler.stop()));
  await db.system.schedule.deleteMany();
});

afterAll(async () => {
  await db.close();
  await server.drop();
});

async function startScheduler(clock: Clock = systemClock): Promise<Scheduler> {
  const scheduler = createScheduler({ db, clock, log: silentLog, defaultRunLimitMs: 15 * MINUTE });
  running.push(scheduler);
  await scheduler.start();
  return scheduler;
}

/** A minute of the hour that is far from now, so that no test runs across it. */
const farMinute = async () => (await db.now()).getUTCMinutes() + 30;

/** A slot that came half an hour ago, stored behind the scheduler's back: it hears of nothing. */
async function createDueUnheard(on: Database): Promise<string> {
  const organization = await createOrganization(on);
  const slot = new Date(Math.floor(((await on.now()).getTime() - HOUR / 2) / MINUTE) * MINUTE);
  await createSchedule(on, organization, { cronExpression: `${slot.getUTCMinutes()} * * * *`, lowerBoundAt: new Date(slot.getTime() - 1), nextRunAt: slot });
  return organization.orgId;
}

it("dispatches a slot soon that another process held and let go of", async () => {
  const orgId = await createDueUnheard(db);
  await db.withSystem(async (tx) => {
    await tx.$executeRaw`select id from schedule where org_id = ${orgId}::uuid for update`;
    await startScheduler();
    expect(await db.system.run.count({ where: { orgId } })).toBe(0);
  });
  await until(
    db,
    () => db.system.run.count({ where: { orgId } }),
    (runs) => runs === 1,
  );
});

describe("a scheduler", () => {
  it("dispatches at start what became due while nothing ran", async () => {
    const organization = await createOrganization(db);
    const slot = new Date(Math.floor(((await db.now()).getTime() - HOUR / 2) / MINUTE) * MINUTE);
    await createSchedule(db, organization, { cronExpression: `${slot.getUTCMinutes()} * * * *`, lowerBoundAt: new Date(slot.getTime() - 1), nextRunAt: slot });
    await startScheduler();
    const rows = await db.system.run.findMany({ where: { orgId: organization.orgId } });
    expect(rows).toMatchObject([{ status: "queued", slotAt: slot }]);
    expect(rows[0]?.latenessMs).toBeGreaterThan(25 * MINUTE);
  });

  it("queues a run again at start whose worker died", async () => {
    const { orgId, presetId } = await createOrganization(db);
    const lease = { leaseToken: randomUUID(), leaseExpiresAt: new Date(Date.now() + MINUTE), workerId: randomUUID() };
    const run = await db.system.run.create({
      data: { orgId, presetId, number: 1, trigger: "person", status: "running", attempt: 1, limitMs: MINUTE, startedAt: new Date(), ...lease },
    });
    await startScheduler();
    expect(await db.system.run.findUnique({ where: { id: run.id } })).toMatchObject({ status: "queued", leaseToken: null });
  });

  it("arms one wake-up for each distinct instant of the next hour", async () => {
    const minute = (await farMinute()) % 60;
    const now = await db.now();
    const next = new Date(Math.floor(now.getTime() / HOUR) * HOUR + minute * MINUTE);
    if (next <= now) next.setTime(next.getTime() + HOUR);
    for (let count = 0; count < 3; count++) {
      await createSchedule(db, await createOrganization(db), { cronExpression: `${minute} * * * *`, lowerBoundAt: now, nextRunAt: next });
    }
    const scheduler = await startScheduler();
    expect(scheduler.armedWakeUps()).toBe(1);
    expect(scheduler.nextWakeUpAt()).toEqual(next);
  });

  it("hears of an edit and arms the new instant", async () => {
    const scheduler = await startScheduler();
    expect(scheduler.armedWakeUps()).toBe(0);
    const { orgId, userId, presetId } = await createOrganization(db);
    const now = await db.now();
    const minute = (await farMinute()) % 60;
    const update = { cronExpression: `${minute} * * * *`, timeZone: "UTC", presetId, enabled: true };
    const { schedule } = await db.withTenant(orgId, (tx) => saveSchedule(tx, orgId, update, { actorId: userId, now }));
    const armed = await until(
      db,
      async () => scheduler.nextWakeUpAt(),
      (at) => at !== null,
    );
    expect(armed).toEqual(schedule.nextRunAt);
  });

  it("vector 19: follows the database's time when its own clock is 5 minutes ahead", async () => {
    const ahead: Clock = { ...systemClock, now: () => new Date(Date.now() + 5 * MINUTE) };
    const organization = await createOrganization(db);
    const now = await db.now();
    const inTwoMinutes = new Date(Math.ceil(now.getTime() / MINUTE) * MINUTE + MINUTE);
    await createSchedule(db, organization, { lowerBoundAt: now, nextRunAt: inTwoMinutes, cronExpression: `${inTwoMinutes.getUTCMinutes()} * * * *` });
    const scheduler = await startScheduler(ahead);
    expect(await db.system.run.count({ where: { orgId: organization.orgId } })).toBe(0);
    const armedFor = scheduler.nextWakeUpAt()?.getTime() ?? 0;
    expect(Math.abs(armedFor - (inTwoMinutes.getTime() + 5 * MINUTE))).toBeLessThanOrEqual(1_000);
  });

  it("arms nothing after it stopped", async () => {
    const scheduler = await startScheduler();
    await scheduler.stop();
    expect(scheduler.armedWakeUps()).toBe(0);
  });
});
