import { afterEach, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withClient } from "@/db/connect";
import { systemClock } from "@/domain/clock";
import type { TestDatabase } from "@/testing/database";
import { createOrganization, createSchedule } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { seedSchedules } from "@/testing/seed-schedules";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { createSlotKeeper } from "./keep-slots-right";
import { recomputeSlots } from "./recompute-slots";
import { createScheduler } from "./scheduler";

let db: Database;
let server: TestDatabase;

ownDatabase(async (own) => {
  ({ db, server } = own);
  await db.listener.start();
});

afterEach(async () => {
  await db.system.schedule.deleteMany();
});

/** A daily schedule in Berlin whose stored slot is an hour behind what the zone's rules give. Returns the right one. */
async function createStale(): Promise<{ id: string; right: Date }> {
  const lowerBoundAt = new Date("2030-01-01T00:00:00Z");
  const options = { cronExpression: "0 7 * * *", timeZone: "Europe/Berlin", lowerBoundAt, nextRunAt: new Date("2030-01-01T07:00:00Z") };
  return { id: await createSchedule(db, await createOrganization(db), options), right: new Date("2030-01-01T06:00:00Z") };
}

const nextRunAtOf = async (id: string) => (await db.system.schedule.findUnique({ where: { id } }))?.nextRunAt;
const setTimeZoneData = (timeZoneData: string | null) => db.system.installation.updateMany({ data: { timeZoneData } });

describe("the check of the stored slots", () => {
  it("follows the start of a scheduler whose time zone data is not what the slots were computed with", async () => {
    await setTimeZoneData("1970a");
    const { id, right } = await createStale();
    const scheduler = createScheduler({ db, clock: systemClock, log: silentLog, defaultRunLimitMs: 900_000 });
    await scheduler.start();
    await until(
      db,
      () => nextRunAtOf(id),
      (at) => at?.getTime() === right.getTime(),
    );
    const installation = await until(
      db,
      () => db.system.installation.findFirst(),
      (found) => found?.timeZoneData !== "1970a",
    );
    expect(installation?.timeZoneData).toBe(process.versions.tz);
    await scheduler.stop();
  });

  it("says when slots were corrected, so that one which is due by now is dispatched", async () => {
    await setTimeZoneData(null);
    await createStale();
    let told = 0;
    const keeper = createSlotKeeper({ db, log: silentLog, onCorrected: () => void told++, timeZoneData: "2031a" });
    await keeper.start();
    await keeper.stop();
    expect(told).toBe(1);
  });

  it("is left out while the data is the same", async () => {
    await setTimeZoneData("2031a");
    const { id, right } = await createStale();
    const keeper = createSlotKeeper({ db, log: silentLog, onCorrected: () => {}, timeZoneData: "2031a" });
    await keeper.start();
    await keeper.stop();
    expect(await nextRunAtOf(id)).not.toEqual(right);
  });

  it("goes through any number of schedules", async () => {
    const stale = new Date("2030-01-01T07:30:00Z");
    const patterns = [{ expression: "0 7 * * *", zone: "Europe/Berlin", nextRunAt: stale }];
    await withClient(server.ownerConnection, (client) => seedSchedules(client, { schedules: 6_000, patterns }));
    expect(await recomputeSlots(db)).toBe(6_000);
    const right = await db.system.schedule.count({ where: { nextRunAt: new Date("2030-01-02T06:00:00Z"), dueAt: new Date("2030-01-02T06:00:00Z") } });
    expect(right).toBe(6_000);
    expect(await recomputeSlots(db)).toBe(0);
  });
});

describe("recomputing slots", () => {
  it("corrects a stored slot that the zone's rules no longer give, and leaves right ones alone", async () => {
    const [stale, right] = [await createOrganization(db), await createOrganization(db)];
    const lowerBoundAt = new Date("2030-01-01T00:00:00Z");
    const options = { cronExpression: "0 7 * * *", timeZone: "Europe/Berlin", lowerBoundAt };
    const staleId = await createSchedule(db, stale, { ...options, nextRunAt: new Date("2030-01-01T07:00:00Z") });
    const rightId = await createSchedule(db, right, { ...options, nextRunAt: new Date("2030-01-01T06:00:00Z") });
    expect(await recomputeSlots(db)).toBe(1);
    for (const id of [staleId, rightId]) {
      expect(await db.system.schedule.findUnique({ where: { id } })).toMatchObject({ nextRunAt: new Date("2030-01-01T06:00:00Z"), version: 1 });
    }
  });

  it("flags what cannot be computed", async () => {
    const organization = await createOrganization(db);
    const id = await createSchedule(db, organization, { timeZone: "Mars/Olympus_Mons", lowerBoundAt: new Date(), nextRunAt: new Date() });
    await recomputeSlots(db);
    const flagged = await db.system.schedule.findUnique({ where: { id } });
    expect(flagged?.nextRunAt).toBeNull();
    expect(flagged?.problem).toContain("can't be computed");
  });
});
