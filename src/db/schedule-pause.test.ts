import { describe, expect, it } from "vitest";
import type { SchedulePause } from "@/domain/pause";
import type { ScheduleUpdate } from "@/domain/schedule";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { pauseSchedule, resumeSchedule } from "./schedule-pause";
import { saveSchedule } from "./schedules";

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

const at = (text: string) => new Date(text);
const NOON = at("2026-11-24T12:00:00Z");
const FRIDAY = at("2026-11-27T00:00:00Z");

/** Every hour in UTC, saved at noon. */
async function hourly(): Promise<TestOrganization> {
  const organization = await createOrganization(db);
  await save(organization, { cronExpression: "0 * * * *", timeZone: "UTC", presetId: organization.presetId, enabled: true });
  return organization;
}

async function save({ orgId, userId }: TestOrganization, update: ScheduleUpdate, now = NOON) {
  return (await db.withTenant(orgId, (tx) => saveSchedule(tx, orgId, update, { actorId: userId, now }))).schedule;
}

async function pause({ orgId, userId }: TestOrganization, change: SchedulePause, now = NOON) {
  return (await db.withTenant(orgId, (tx) => pauseSchedule(tx, orgId, change, { actorId: userId, now }))).schedule;
}

async function resume({ orgId, userId }: TestOrganization, version: number, now: Date) {
  return (await db.withTenant(orgId, (tx) => resumeSchedule(tx, orgId, version, { actorId: userId, now }))).schedule;
}

const NOT_PAUSED = { pausedAt: null, pausedUntil: null, pauseNote: null, pausedByName: null };

describe("pausing a schedule", () => {
  it("without an end leaves it on, with no next slot, and says who did it, when and why", async () => {
    const organization = await hourly();
    expect(await pause(organization, { version: 1, note: "Moving house" })).toMatchObject({
      version: 2,
      enabled: true,
      nextRunAt: null,
      dueAt: null,
      pausedAt: NOON,
      pausedUntil: null,
      pauseNote: "Moving house",
      pausedByName: "Ada Lovelace",
    });
  });

  it("until a date stores the slot that comes then, so that it resumes by itself", async () => {
    const organization = await hourly();
    expect(await pause(organization, { version: 1, until: FRIDAY })).toMatchObject({ nextRunAt: FRIDAY, dueAt: FRIDAY, pausedUntil: FRIDAY, pauseNote: null });
  });

  it("until between two slots resumes with the later one, at its share of the spread", async () => {
    const organization = await hourly();
    await save(organization, { spreadMs: 3_600_000 });
    const paused = await pause(organization, { version: 2, until: at("2026-11-27T00:00:00.001Z") });
    expect(paused.nextRunAt).toEqual(at("2026-11-27T01:00:00Z"));
    expect((paused.dueAt?.getTime() ?? 0) - at("2026-11-27T01:00:00Z").getTime()).toBeGreaterThan(0);
  });

  it("again replaces its note and its end", async () => {
    const organization = await hourly();
    await pause(organization, { version: 1, note: "Moving house", until: FRIDAY });
    expect(await pause(organization, { version: 2, note: "Moved" })).toMatchObject({ pausedUntil: null, pauseNote: "Moved", nextRunAt: null });
    expect(await pause(organization, { version: 3, until: FRIDAY })).toMatchObject({ pauseNote: null, nextRunAt: FRIDAY });
  });

  it("forgets a slot that was to be left out", async () => {
    const organization = await hourly();
    await db.system.schedule.update({ where: { orgId: organization.orgId }, data: { skipSlotAt: at("2026-11-24T13:00:00Z") } });
    expect(await pause(organization, { version: 1, until: at("2026-11-24T12:30:00Z") })).toMatchObject({ skipSlotAt: null, slotAfterSkipAt: null });
  });

  it("needs the version that was seen, a schedule that is on and an end in the future, and otherwise changes nothing", async () => {
    const organization = await hourly();
    await expect(pause(organization, { version: 7 })).rejects.toMatchObject({ code: "version_conflict", details: { currentVersion: 1 } });
    await expect(pause(organization, { version: 1, until: NOON })).rejects.toMatchObject({ code: "validation", details: { field: "until" } });
    await save(organization, { enabled: false });
    await expect(pause(organization, { version: 2 })).rejects.toMatchObject({ code: "validation", details: { field: "enabled" } });
    await expect(pause(await createOrganization(db), { version: 1 })).rejects.toMatchObject({ code: "not_found" });
    expect(await db.system.schedule.findUnique({ where: { orgId: organization.orgId } })).toMatchObject({ version: 2, pausedAt: null });
  });

  it("keeps a name for whoever left the organization, so that the pause is not taken for Milkrun's", async () => {
    const organization = await hourly();
    const { pausedByName } = await pause(organization, { version: 1 });
    await db.system.member.deleteMany({ where: { organizationId: organization.orgId } });
    expect(pausedByName).toBe("Ada Lovelace");
    expect(await save(organization, { missedPolicy: "skip" })).toMatchObject({ pausedByName: "A former member" });
  });
});

describe("resuming a schedule", () => {
  it("never fires the past and takes the pause away", async () => {
    const organization = await hourly();
    await pause(organization, { version: 1, note: "Moving house" });
    const now = at("2026-11-25T09:00:00Z");
    expect(await resume(organization, 2, now)).toMatchObject({ ...NOT_PAUSED, version: 3, lowerBoundAt: now, nextRunAt: at("2026-11-25T10:00:00Z") });
    expect(await db.system.schedule.findUnique({ where: { orgId: organization.orgId } })).toMatchObject({ resumedAt: now });
  });

  it("before the pause's end brings the next slot forward", async () => {
    const organization = await hourly();
    await pause(organization, { version: 1, until: FRIDAY });
    expect(await resume(organization, 2, at("2026-11-24T12:30:00Z"))).toMatchObject({ nextRunAt: at("2026-11-24T13:00:00Z"), pausedUntil: null });
  });

  it("changes nothing where no pause is, a pause that is over included: its slot is not lost", async () => {
    const organization = await hourly();
    expect(await resume(organization, 1, at("2026-11-24T13:00:01Z"))).toMatchObject({ version: 1, nextRunAt: at("2026-11-24T13:00:00Z") });
    await pause(organization, { version: 1, until: FRIDAY });
    expect(await resume(organization, 2, new Date(FRIDAY.getTime() + 1))).toMatchObject({ version: 2, nextRunAt: FRIDAY });
  });

  it("needs the version that was seen", async () => {
    const organization = await hourly();
    await pause(organization, { version: 1 });
    await expect(resume(organization, 1, NOON)).rejects.toMatchObject({ code: "version_conflict" });
  });
});

describe("editing a paused schedule", () => {
  it("keeps the pause and its bound, and computes its first slot anew", async () => {
    const organization = await hourly();
    const { lowerBoundAt } = await pause(organization, { version: 1, until: FRIDAY, note: "Moving house" });
    expect(await save(organization, { cronExpression: "30 9 * * *", timeZone: "Europe/Berlin" }, at("2026-11-25T00:00:00Z"))).toMatchObject({
      pausedUntil: FRIDAY,
      pauseNote: "Moving house",
      lowerBoundAt,
      nextRunAt: at("2026-11-27T08:30:00Z"),
    });
  });

  it("without an end plans nothing until somebody resumes it", async () => {
    const organization = await hourly();
    await pause(organization, { version: 1 });
    expect(await save(organization, { cronExpression: "30 9 * * *" })).toMatchObject({ pausedAt: NOON, nextRunAt: null, dueAt: null });
  });

  it("after its end forgets the pause and never fires the past", async () => {
    const organization = await hourly();
    await pause(organization, { version: 1, until: FRIDAY });
    const later = at("2026-11-27T05:30:00Z");
    expect(await save(organization, { cronExpression: "15 * * * *" }, later)).toMatchObject({ ...NOT_PAUSED, nextRunAt: at("2026-11-27T06:15:00Z") });
  });

  it("forgets the pause when the schedule is turned off, and turning it on counts as resuming", async () => {
    const organization = await hourly();
    await pause(organization, { version: 1, note: "Moving house" });
    expect(await save(organization, { enabled: false })).toMatchObject({ ...NOT_PAUSED, enabled: false, nextRunAt: null });
    const later = at("2026-11-25T09:30:00Z");
    expect(await save(organization, { enabled: true }, later)).toMatchObject({ ...NOT_PAUSED, nextRunAt: at("2026-11-25T10:00:00Z") });
    expect(await db.system.schedule.findUnique({ where: { orgId: organization.orgId } })).toMatchObject({ resumedAt: later });
  });
});
