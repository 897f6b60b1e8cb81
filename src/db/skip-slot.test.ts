import { describe, expect, it } from "vitest";
import type { ScheduleUpdate } from "@/domain/schedule";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { saveSchedule } from "./schedules";
import { skipNextSlot, unskipSlot } from "./skip-slot";

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

const at = (text: string) => new Date(text);
const NOON = at("2026-11-24T12:00:00Z");
const ONE = at("2026-11-24T13:00:00Z");
const TWO = at("2026-11-24T14:00:00Z");

async function hourly(): Promise<TestOrganization> {
  const organization = await createOrganization(db);
  await save(organization, { cronExpression: "0 * * * *", timeZone: "UTC", presetId: organization.presetId, enabled: true });
  return organization;
}

async function save({ orgId, userId }: TestOrganization, update: ScheduleUpdate) {
  return (await db.withTenant(orgId, (tx) => saveSchedule(tx, orgId, update, { actorId: userId, now: NOON }))).schedule;
}

async function skip({ orgId, userId }: TestOrganization, version: number, slotAt: Date) {
  return (await db.withTenant(orgId, (tx) => skipNextSlot(tx, orgId, { version, slotAt }, { actorId: userId, now: NOON }))).schedule;
}

async function unskip({ orgId, userId }: TestOrganization, version: number) {
  return (await db.withTenant(orgId, (tx) => unskipSlot(tx, orgId, version, { actorId: userId, now: NOON }))).schedule;
}

describe("leaving out the next slot", () => {
  it("notes the slot, which stays the next one, and shows the one after it", async () => {
    const organization = await hourly();
    expect(await skip(organization, 1, ONE)).toMatchObject({ version: 2, skipSlotAt: ONE, nextRunAt: ONE, slotAfterSkipAt: TWO });
  });

  it("refuses any other slot and names the next one", async () => {
    const organization = await hourly();
    await expect(skip(organization, 1, TWO)).rejects.toMatchObject({
      code: "version_conflict",
      message: "This is not the next run any more, so none was left out. The next one is now Tue 24 Nov 2026, 13:00 UTC.",
      details: { currentVersion: 1, nextRunAt: ONE },
    });
  });

  it("is refused where nothing is planned, where there is no schedule, and for a stale version", async () => {
    const organization = await hourly();
    await save(organization, { enabled: false });
    await expect(skip(organization, 2, ONE)).rejects.toMatchObject({
      message: expect.stringContaining("There is no next run now."),
      details: { nextRunAt: null },
    });
    await expect(skip(organization, 1, ONE)).rejects.toMatchObject({ code: "version_conflict", details: { currentVersion: 2 } });
    await expect(skip(await createOrganization(db), 1, ONE)).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    ["another expression", { cronExpression: "30 * * * *" }],
    ["another zone", { timeZone: "Asia/Kolkata" }],
    ["turning it off", { enabled: false }],
  ])("is forgotten with %s", async (_, update) => {
    const organization = await hourly();
    await skip(organization, 1, ONE);
    expect(await save(organization, update)).toMatchObject({ skipSlotAt: null, slotAfterSkipAt: null });
  });

  it.each([
    ["another policy", { missedPolicy: "skip" as const }],
    ["a spread", { spreadMs: 60_000 }],
    ["the same zone by another name", { timeZone: "Etc/UTC" }],
  ])("survives %s", async (_, update) => {
    const organization = await hourly();
    await skip(organization, 1, ONE);
    expect(await save(organization, update)).toMatchObject({ skipSlotAt: ONE });
  });
});

describe("letting it run after all", () => {
  it("takes the note away", async () => {
    const organization = await hourly();
    await skip(organization, 1, ONE);
    expect(await unskip(organization, 2)).toMatchObject({ version: 3, skipSlotAt: null, nextRunAt: ONE });
  });

  it("changes nothing where no slot is left out", async () => {
    const organization = await hourly();
    expect(await unskip(organization, 1)).toMatchObject({ version: 1, skipSlotAt: null });
    await expect(unskip(organization, 4)).rejects.toMatchObject({ code: "version_conflict" });
  });
});
