import { describe, expect, it } from "vitest";
import { AppError } from "@/domain/errors";
import type { ScheduleUpdate } from "@/domain/schedule";
import { spreadOffsetMs } from "@/domain/spread";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { listNextInstants } from "./next-slots";
import { findSchedule, removeSchedule, saveSchedule } from "./schedules";

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

const at = (text: string) => new Date(text);
const NOON = at("2026-11-24T12:00:00Z");

function save({ orgId, userId }: TestOrganization, update: ScheduleUpdate, now = NOON) {
  return db.withTenant(orgId, (tx) => saveSchedule(tx, orgId, update, { actorId: userId, now }));
}

const daily = (organization: TestOrganization): ScheduleUpdate => ({
  cronExpression: "0 7 * * *",
  timeZone: "Europe/Berlin",
  presetId: organization.presetId,
  enabled: true,
});

describe("saving a schedule", () => {
  it("makes it where there is none, with its next slot", async () => {
    const organization = await createOrganization(db);
    const { schedule, before } = await save(organization, daily(organization));
    expect(before).toBeNull();
    expect(schedule).toMatchObject({
      version: 1,
      enabled: true,
      nextRunAt: at("2026-11-25T06:00:00Z"),
      updatedByName: "Ada Lovelace",
      missedPolicy: "run_once",
    });
    expect(await db.withTenant(organization.orgId, (tx) => findSchedule(tx, organization.orgId))).toEqual(schedule);
  });

  it("changes only what is sent and never rewrites the text", async () => {
    const organization = await createOrganization(db);
    await save(organization, { ...daily(organization), cronExpression: " 0  7 * *  1-5 " });
    const { schedule } = await save(organization, { timeZone: "America/New_York" });
    expect(schedule).toMatchObject({
      cronExpression: " 0  7 * *  1-5 ",
      timeZone: "America/New_York",
      enabled: true,
      version: 2,
      nextRunAt: at("2026-11-25T12:00:00Z"),
    });
  });

  it("refuses a stale version and says which is stored", async () => {
    const organization = await createOrganization(db);
    await save(organization, daily(organization));
    await save(organization, { version: 1, timeZone: "UTC" });
    const stale = save(organization, { version: 1, cronExpression: "0 8 * * *" });
    await expect(stale).rejects.toMatchObject({ code: "version_conflict", details: { currentVersion: 2 } });
    await expect(save(organization, { version: 0, cronExpression: "0 8 * * *" })).rejects.toThrow(AppError);
  });

  it.each([
    [{ timeZone: "UTC" }, "cronExpression"],
    [{ cronExpression: "0 7 * * *" }, "timeZone"],
    [{ cronExpression: "0 7 * * *", timeZone: "UTC", enabled: true }, "presetId"],
    [{ cronExpression: "0 7 * * *", timeZone: "UTC", presetId: "00000000-0000-4000-8000-000000000000" }, "presetId"],
  ])("refuses %j at the field %s and stores nothing", async (update, field) => {
    const organization = await createOrganization(db);
    await expect(save(organization, update)).rejects.toMatchObject({ code: "validation", details: { field } });
    expect(await db.system.schedule.count({ where: { orgId: organization.orgId } })).toBe(0);
  });

  it("never takes another organization's preset", async () => {
    const [mine, theirs] = [await createOrganization(db), await createOrganization(db)];
    await expect(save(mine, { ...daily(mine), presetId: theirs.presetId })).rejects.toMatchObject({ details: { field: "presetId" } });
  });

  it("vector 17: an edit from 01:15 to 02:15 at 01:40 leaves 02:15 only", async () => {
    const organization = await createOrganization(db);
    await save(organization, { ...daily(organization), cronExpression: "15 1 * * *", timeZone: "UTC" }, at("2026-11-24T00:00:00Z"));
    const { schedule } = await save(organization, { cronExpression: "15 2 * * *" }, at("2026-11-24T01:40:00Z"));
    expect(schedule).toMatchObject({ nextRunAt: at("2026-11-24T02:15:00Z"), lowerBoundAt: at("2026-11-24T01:40:00Z") });
  });

  it("vector 18: off at 09:50 and on at 10:10 fires nothing of 10:00", async () => {
    const organization = await createOrganization(db);
    await save(organization, { ...daily(organization), cronExpression: "0 10 * * *", timeZone: "UTC" }, at("2026-11-24T09:00:00Z"));
    const off = await save(organization, { enabled: false }, at("2026-11-24T09:50:00Z"));
    expect(off.schedule.nextRunAt).toBeNull();
    const on = await save(organization, { enabled: true }, at("2026-11-24T10:10:00Z"));
    expect(on.schedule.nextRunAt).toEqual(at("2026-11-25T10:00:00Z"));
  });

  it("loses no slot that is due when something else is edited", async () => {
    const organization = await createOrganization(db);
    await save(organization, { ...daily(organization), cronExpression: "0 10 * * *", timeZone: "UTC" }, at("2026-11-24T09:00:00Z"));
    const { schedule } = await save(organization, { missedPolicy: "skip" }, at("2026-11-24T10:00:20Z"));
    expect(schedule.nextRunAt).toEqual(at("2026-11-24T10:00:00Z"));
  });

  it("moves nothing when the zone is only written another way", async () => {
    const organization = await createOrganization(db);
    await save(organization, { ...daily(organization), timeZone: "Europe/Kiev" }, at("2026-11-24T04:59:00Z"));
    const { schedule } = await save(organization, { timeZone: "Europe/Kyiv" }, at("2026-11-24T05:00:30Z"));
    expect(schedule).toMatchObject({ timeZone: "Europe/Kyiv", nextRunAt: at("2026-11-24T05:00:00Z") });
  });
});

describe("the spread", () => {
  const OFFSETS = [0, 300_000, 3_600_000];

  it("moves when a slot is dispatched and never the slot", async () => {
    const organization = await createOrganization(db);
    await save(organization, daily(organization));
    for (const spreadMs of OFFSETS) {
      const { schedule } = await save(organization, { spreadMs });
      expect(schedule).toMatchObject({ spreadMs, nextRunAt: at("2026-11-25T06:00:00Z"), lowerBoundAt: NOON });
      expect(schedule.dueAt).toEqual(new Date(at("2026-11-25T06:00:00Z").getTime() + spreadOffsetMs(organization.orgId, spreadMs)));
    }
  });

  it("counts from the start for a new schedule, and stays when something else is edited", async () => {
    const organization = await createOrganization(db);
    const dueAt = new Date(at("2026-11-25T06:00:00Z").getTime() + spreadOffsetMs(organization.orgId, 3_600_000));
    expect((await save(organization, { ...daily(organization), spreadMs: 3_600_000 })).schedule.dueAt).toEqual(dueAt);
    expect((await save(organization, { missedPolicy: "skip" })).schedule).toMatchObject({ dueAt, spreadMs: 3_600_000 });
  });
});

describe("removing a schedule", () => {
  it("needs the version that was seen", async () => {
    const organization = await createOrganization(db);
    const { orgId } = organization;
    await save(organization, daily(organization));
    await expect(db.withTenant(orgId, (tx) => removeSchedule(tx, orgId, 7))).rejects.toMatchObject({ code: "version_conflict" });
    await db.withTenant(orgId, (tx) => removeSchedule(tx, orgId, 1));
    await expect(db.withTenant(orgId, (tx) => removeSchedule(tx, orgId, 1))).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the next instants", () => {
  it("are distinct, in order and within the horizon", async () => {
    for (const cronExpression of ["0 7 * * *", "0 7 * * *", "0 8 * * *", "0 7 1 1 *"]) {
      const organization = await createOrganization(db);
      await save(organization, { ...daily(organization), cronExpression, timeZone: "Pacific/Chatham" }, at("2030-05-01T00:00:00Z"));
    }
    const from = at("2030-05-01T00:00:00Z");
    const instants = await listNextInstants(db.system, from, at("2030-05-02T00:00:00Z"), 10);
    expect(instants).toEqual([at("2030-05-01T18:15:00Z"), at("2030-05-01T19:15:00Z")]);
  });
});
