import { beforeEach, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { withClient } from "@/db/connect";
import type { TestDatabase } from "@/testing/database";
import { ownDatabase } from "@/testing/own-database";
import { seedSchedules } from "@/testing/seed-schedules";
import { silentLog } from "@/testing/silent-log";
import { dispatchDue } from "./dispatch";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LIMIT_MS = 15 * MINUTE;

let db: Database;
let server: TestDatabase;

ownDatabase((own) => {
  ({ db, server } = own);
});

beforeEach(async () => {
  await db.system.schedule.deleteMany();
  await db.system.organization.deleteMany();
  await db.system.$executeRaw`delete from graphile_worker._private_jobs`;
});

const dispatch = () => dispatchDue(db, silentLog, LIMIT_MS);
const queued = async () => (await db.system.$queryRaw<{ key: string }[]>`select key from graphile_worker.jobs`).map((row) => row.key);

/** So many organizations whose schedules all fell due a moment ago, at the last whole minute. Returns the slot. */
async function allDue(schedules: number): Promise<Date> {
  const now = (await db.now()).getTime();
  const slot = new Date(Math.floor(now / MINUTE) * MINUTE);
  const patterns = [`${slot.getUTCMinutes()} * * * *`, `${slot.getUTCMinutes()} */1 * * *`].map((expression) => ({ expression, zone: "UTC", nextRunAt: slot }));
  await withClient(server.ownerConnection, (client) => seedSchedules(client, { schedules, patterns, dueAt: { first: new Date(now), apartMs: 0 } }));
  return slot;
}

describe("several processes that dispatch at once", () => {
  it("vector 14: 2 instances with 1,000 organizations due at once give every slot one row, none doubled and none lost, round after round", async () => {
    const organizations = 1_000;
    const rounds = 3;
    const slot = await allDue(organizations);
    const other = createDatabase(server.connection, { poolSize: 4, log: silentLog });
    for (let round = 0; round < rounds; round++) {
      const slotAt = new Date(slot.getTime() - (rounds - round) * HOUR);
      const cronExpression = `${slotAt.getUTCMinutes()} ${slotAt.getUTCHours()} * * *`;
      const due = { nextRunAt: slotAt, dueAt: slotAt, lowerBoundAt: new Date(slotAt.getTime() - 1) };
      await db.system.schedule.updateMany({ data: { graceMs: 24 * HOUR, cronExpression, ...due } });
      const dispatched = await Promise.all([db, other].map((one) => dispatchDue(one, silentLog, LIMIT_MS)));
      expect(dispatched.reduce((sum, count) => sum + count, 0)).toBe(organizations);
      expect(await db.system.run.count({ where: { slotAt, status: "queued" } })).toBe(organizations);
      await db.system.run.updateMany({ where: { status: "queued" }, data: { status: "succeeded", finishedAt: new Date() } });
    }
    await other.close();
    expect(await db.system.run.count()).toBe(rounds * organizations);
    expect(new Set(await queued()).size).toBe(rounds * organizations);
  });
});

describe("a wrong row among thousands", () => {
  it("vector 20: is flagged, and all the others fire", async () => {
    const organizations = 3_000;
    await allDue(organizations);
    const [unknownZone, behind, ...others] = await db.system.schedule.findMany({ select: { id: true, orgId: true, presetId: true } });
    if (!unknownZone || !behind) throw new Error("There are no schedules.");
    await db.system.schedule.update({ where: { id: unknownZone.id }, data: { timeZone: "Mars/Olympus_Mons" } });
    // A restored database whose counter is behind its ledger: the number of the next run is taken, and the database refuses its row.
    const taken = { orgId: behind.orgId, presetId: behind.presetId, number: 1, limitMs: LIMIT_MS };
    await db.system.run.create({ data: { ...taken, trigger: "person", status: "succeeded", finishedAt: new Date() } });

    expect(await dispatch()).toBe(organizations);
    expect(await db.system.run.count({ where: { trigger: "schedule" } })).toBe(others.length);
    expect(await queued()).toHaveLength(others.length);
    const flagged = await db.system.schedule.findMany({ where: { problem: { not: null } }, select: { id: true, nextRunAt: true } });
    expect(flagged.map(({ id }) => id).sort()).toEqual([unknownZone.id, behind.id].sort());
    expect(flagged.map(({ nextRunAt }) => nextRunAt)).toEqual([null, null]);
    expect(await dispatch()).toBe(0);
  });
});
