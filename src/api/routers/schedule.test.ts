import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import type { ApiSession } from "../context";
import { createCaller } from "../root";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

async function newOwner() {
  const organization = await world.organization();
  return { ...organization, owner: world.caller(organization.session) };
}

/** Under an operator who allows a run every 10 minutes at most. */
function strictCaller(session: ApiSession) {
  const context = world.context(session);
  return createCaller({ ...context, settings: { ...context.settings, minimumSpacingMs: 600_000 } });
}

test("a new organization has no schedule", async () => {
  const { owner } = await newOwner();
  expect(await owner.schedule.get()).toBeNull();
});

test("the first update creates the schedule, with the next slot and who saved it", async () => {
  const { owner, presetId } = await newOwner();
  const saved = await owner.schedule.update({ cronExpression: " 0  9 * * * ", timeZone: "Asia/Kolkata", presetId, enabled: true });
  expect(saved).toMatchObject({ version: 1, cronExpression: " 0  9 * * * ", timeZone: "Asia/Kolkata", enabled: true, updatedByName: "Ada Lovelace" });
  // 09:00 in Kolkata, all year round.
  expect(saved.nextRunAt?.toISOString()).toMatch(/T03:30:00\.000Z$/);
  expect(await owner.schedule.get()).toEqual(saved);
});

test("an update changes the fields that are sent and no others", async () => {
  const { owner, presetId } = await newOwner();
  const created = await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId, enabled: true, missedPolicy: "skip" });
  const updated = await owner.schedule.update({ version: 1, cronExpression: "0 10 * * *" });
  expect(updated).toMatchObject({ version: 2, cronExpression: "0 10 * * *", timeZone: "UTC", presetId, enabled: true, missedPolicy: "skip" });
  expect(updated.nextRunAt).not.toEqual(created.nextRunAt);
});

test("a stale update gets a typed conflict with the stored version, and changes nothing", async () => {
  const { owner, presetId } = await newOwner();
  await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId });
  const current = await owner.schedule.update({ version: 1, cronExpression: "0 10 * * *" });
  await expect(owner.schedule.update({ version: 1, cronExpression: "0 11 * * *" })).rejects.toMatchObject({
    code: "CONFLICT",
    cause: { code: "version_conflict", details: { currentVersion: 2 } },
  });
  expect(await owner.schedule.get()).toEqual(current);
});

describe("bad input is refused at its field and nothing is saved", () => {
  test.each([
    ["a mistyped cron expression", { cronExpression: "0 25 * * *" }],
    ["an empty one", { cronExpression: "" }],
    ["one that never comes", { cronExpression: "0 0 30 2 *" }],
    ["one of six fields", { cronExpression: "0 0 9 * * *" }],
    ["a time zone that does not exist", { timeZone: "Mars/Olympus" }],
    ["an offset for a time zone", { timeZone: "+02:00" }],
    ["a preset that is no id", { presetId: "samples" }],
    ["a time limit of nothing", { runLimitMs: 0 }],
  ])("%s", async (_, change) => {
    const { owner, presetId } = await newOwner();
    const saved = await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId });
    const [field] = Object.keys(change);
    await expect(owner.schedule.update({ version: 1, ...change })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      cause: { issues: [{ path: [field] }] },
    });
    expect(await owner.schedule.get()).toEqual(saved);
  });

  test("a preset that is gone", async () => {
    const { owner } = await newOwner();
    const presetId = "3f0e7e5e-9f2c-4f4b-8a63-0d7f9d1d5a11";
    await expect(owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId })).rejects.toMatchObject({
      cause: { code: "validation", details: { field: "presetId" } },
    });
  });

  test("times closer together than the operator allows, although only the text of the expression changed", async () => {
    const { owner, presetId, session } = await newOwner();
    const saved = await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId });
    const context = world.context(session);
    const strict = createCaller({ ...context, settings: { ...context.settings, minimumSpacingMs: 600_000 } });
    await expect(strict.schedule.update({ version: 1, cronExpression: "*/5 * * * *" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "This server allows one run every 10 minutes at most.",
      cause: { details: { field: "cronExpression", cronField: "expression" } },
    });
    expect(await owner.schedule.get()).toEqual(saved);
  });
});

test("what became too frequent for the operator can still be switched off", async () => {
  const { owner, presetId, session } = await newOwner();
  await owner.schedule.update({ cronExpression: "* * * * *", timeZone: "UTC", presetId, enabled: true });
  const strict = strictCaller(session);
  await expect(strict.schedule.update({ version: 1, enabled: false })).resolves.toMatchObject({ enabled: false });
  await expect(strict.schedule.update({ version: 2, enabled: true })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("every change is in the audit, with old and new values of what changed", async () => {
  const { owner, orgId, presetId, userId } = await newOwner();
  await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId });
  await owner.schedule.update({ version: 1, cronExpression: "0 10 * * *" });
  await owner.schedule.remove({ version: 2 });
  const entries = await world.db.system.auditEntry.findMany({ where: { orgId }, orderBy: { id: "asc" } });
  expect(entries.map(({ summary }) => summary)).toEqual(["Created the schedule", "Changed the schedule", "Deleted the schedule"]);
  expect(entries[1]).toMatchObject({ actorId: userId, action: "schedule.update", changes: { cronExpression: { from: "0 9 * * *", to: "0 10 * * *" } } });
});

test("removing needs the version that the person saw", async () => {
  const { owner, presetId } = await newOwner();
  await expect(owner.schedule.remove({ version: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await owner.schedule.update({ cronExpression: "0 9 * * *", timeZone: "UTC", presetId });
  await expect(owner.schedule.remove({ version: 7 })).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await owner.schedule.remove({ version: 1 })).toEqual({ removed: true });
  expect(await owner.schedule.get()).toBeNull();
});

test("a preview answers for what is still being typed instead of failing", async () => {
  const { owner } = await newOwner();
  expect(await owner.schedule.preview({ cronExpression: "0 9 * *", timeZone: "UTC" })).toMatchObject({ ok: false, input: "cronExpression" });
  const preview = await owner.schedule.preview({ cronExpression: "0 9 * * *", timeZone: "UTC", count: 5 });
  expect(preview.ok && preview.rows).toHaveLength(5);
});

test("a preview warns when recent runs took longer than the slots are apart", async () => {
  const { owner, orgId } = await newOwner();
  const note = async () => {
    const preview = await owner.schedule.preview({ cronExpression: "*/5 * * * *", timeZone: "UTC" });
    return preview.ok ? preview.notes.map(({ message }) => message) : [];
  };
  expect(await note()).toEqual([]);
  await world.db.system.$executeRaw`
    insert into run (id, org_id, number, trigger, status, limit_ms, started_at, finished_at)
    select gen_random_uuid(), ${orgId}::uuid, n, 'person', 'succeeded', 900000, now() - interval '12 minutes', now() from generate_series(1, 5) n`;
  expect(await note()).toEqual([expect.stringContaining("runs take about 12 minutes")]);
});
