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
    ["a spread over an hour", { spreadMs: 3_600_001 }],
    ["a spread of less than nothing", { spreadMs: -1 }],
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
  // The last 20 decide.
  await world.db.system.$executeRaw`
    insert into run (id, org_id, number, trigger, status, limit_ms, started_at, finished_at)
    select gen_random_uuid(), ${orgId}::uuid, n, 'person', 'succeeded', 900000, now() - interval '1 minute', now() from generate_series(6, 25) n`;
  expect(await note()).toEqual([]);
});

/** An owner whose schedule is on and far from its next slot. */
async function ownerOnSchedule() {
  const organization = await newOwner();
  const hour = ((await world.db.now()).getUTCHours() + 12) % 24;
  const schedule = await organization.owner.schedule.update({
    cronExpression: `30 ${hour} * * *`,
    timeZone: "UTC",
    presetId: organization.presetId,
    enabled: true,
  });
  return { ...organization, schedule };
}

const inDays = async (days: number) => new Date((await world.db.now()).getTime() + days * 86_400_000);

describe("pausing and resuming", () => {
  test("a pause shows who made it, why and until when, and resuming takes it away", async () => {
    const { owner, schedule } = await ownerOnSchedule();
    const until = await inDays(3);
    const paused = await owner.schedule.pause({ version: 1, note: "Moving house", until });
    expect(paused).toMatchObject({ version: 2, enabled: true, pausedUntil: until, pauseNote: "Moving house", pausedByName: "Ada Lovelace" });
    expect(paused.nextRunAt?.getTime()).toBeGreaterThanOrEqual(until.getTime());
    expect(await owner.schedule.resume({ version: 2 })).toMatchObject({ version: 3, pausedAt: null, nextRunAt: schedule.nextRunAt });
  });

  test("a run can be started by hand while the schedule is paused, and the pause stays", async () => {
    const { owner, orgId } = await ownerOnSchedule();
    await owner.schedule.pause({ version: 1 });
    const { runId } = await owner.run.start({ requestKey: "5f5bb5e5-33f5-4a12-9ae0-0a3a8d2fb1d1" });
    expect(await world.db.system.run.findUnique({ where: { id: runId } })).toMatchObject({ orgId, status: "queued", trigger: "person" });
    expect(await owner.schedule.get()).toMatchObject({ version: 2, nextRunAt: null, pausedUntil: null });
  });

  test("an end that is not in the future is refused at its field, by the database's clock", async () => {
    const { owner } = await ownerOnSchedule();
    await expect(owner.schedule.pause({ version: 1, until: await inDays(-1) })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "Pick a time in the future.",
      cause: { details: { field: "until" } },
    });
    expect(await owner.schedule.get()).toMatchObject({ version: 1, pausedAt: null });
  });

  test.each([
    ["a note that is too long", { note: "x".repeat(501) }, "note"],
    ["an end that is no date", { until: new Date(Number.NaN) }, "until"],
    ["no version", { version: undefined as unknown as number }, "version"],
  ])("%s is refused at its field", async (_, change, field) => {
    const { owner } = await ownerOnSchedule();
    await expect(owner.schedule.pause({ version: 1, ...change })).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { issues: [{ path: [field] }] } });
    expect(await owner.schedule.get()).toMatchObject({ version: 1, pausedAt: null });
  });

  test("a schedule that is off cannot be paused, and the refusal says what to do", async () => {
    const { owner } = await ownerOnSchedule();
    await owner.schedule.update({ version: 1, enabled: false });
    await expect(owner.schedule.pause({ version: 2 })).rejects.toMatchObject({ code: "BAD_REQUEST", message: expect.stringContaining("Turn it on first.") });
  });
});

describe("leaving out the next run", () => {
  test("notes the slot and shows the one after it, until it is undone", async () => {
    const { owner, schedule } = await ownerOnSchedule();
    const slotAt = schedule.nextRunAt ?? new Date(0);
    const dayAfter = new Date(slotAt.getTime() + 86_400_000);
    expect(await owner.schedule.skipNext({ version: 1, slotAt })).toMatchObject({
      version: 2,
      skipSlotAt: slotAt,
      nextRunAt: slotAt,
      slotAfterSkipAt: dayAfter,
    });
    expect(await owner.schedule.unskip({ version: 2 })).toMatchObject({ version: 3, skipSlotAt: null, slotAfterSkipAt: null });
  });

  test("a slot that is not the next one gets a typed conflict with the one that is, and changes nothing", async () => {
    const { owner, schedule } = await ownerOnSchedule();
    await expect(owner.schedule.skipNext({ version: 1, slotAt: new Date(0) })).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { code: "version_conflict", details: { currentVersion: 1, nextRunAt: schedule.nextRunAt } },
    });
    expect(await owner.schedule.get()).toEqual(schedule);
  });
});

describe("the controls of a schedule", () => {
  test("are for who may change it", async () => {
    const { orgId, owner, schedule } = await ownerOnSchedule();
    const viewer = world.caller(await world.join(orgId, "viewer"));
    const editor = world.caller(await world.join(orgId, "editor"));
    const slotAt = schedule.nextRunAt ?? new Date(0);
    const calls = [
      viewer.schedule.pause({ version: 1 }),
      viewer.schedule.resume({ version: 1 }),
      viewer.schedule.skipNext({ version: 1, slotAt }),
      viewer.schedule.unskip({ version: 1 }),
    ];
    await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject({ code: "FORBIDDEN" })));
    expect(await owner.schedule.get()).toEqual(schedule);
    expect(await editor.schedule.pause({ version: 1 })).toMatchObject({ pausedByName: "Grace Hopper" });
  });

  test.each(["pause", "resume", "unskip"] as const)("refuse a stale version with the stored one: %s", async (name) => {
    const { owner } = await ownerOnSchedule();
    await owner.schedule.update({ version: 1, missedPolicy: "skip" });
    await expect(owner.schedule[name]({ version: 1 })).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { code: "version_conflict", details: { currentVersion: 2 } },
    });
  });

  test("stand in the audit, each time that something changed", async () => {
    const { owner, orgId, userId, schedule } = await ownerOnSchedule();
    const slotAt = schedule.nextRunAt ?? new Date(0);
    await owner.schedule.skipNext({ version: 1, slotAt });
    await owner.schedule.unskip({ version: 2 });
    await owner.schedule.unskip({ version: 3 });
    await owner.schedule.pause({ version: 3, note: "Moving house" });
    await owner.schedule.resume({ version: 4 });
    await owner.schedule.resume({ version: 5 });
    const entries = await world.db.system.auditEntry.findMany({ where: { orgId, action: { not: "schedule.update" } }, orderBy: { id: "asc" } });
    expect(entries.map(({ action }) => action)).toEqual(["schedule.skipNext", "schedule.unskip", "schedule.pause", "schedule.resume"]);
    expect(entries[0]?.summary).toMatch(/^Left out the run of \w{3} \d+ \w{3} \d{4}, \d\d:30 UTC$/);
    expect(entries[2]).toMatchObject({
      actorId: userId,
      summary: "Paused the schedule until somebody resumes it",
      changes: { pauseNote: { from: null, to: "Moving house" } },
    });
  });
});

test("a spread is stored, moves the start and not the slot, and shows in the preview", async () => {
  const { owner, schedule } = await ownerOnSchedule();
  const spread = await owner.schedule.update({ version: 1, spreadMs: 3_600_000 });
  expect(spread).toMatchObject({ spreadMs: 3_600_000, nextRunAt: schedule.nextRunAt });
  const laterMs = (spread.dueAt?.getTime() ?? 0) - (spread.nextRunAt?.getTime() ?? 0);
  expect(laterMs).toBeGreaterThanOrEqual(0);
  expect(laterMs).toBeLessThan(3_600_000);
  const preview = await owner.schedule.preview({ cronExpression: "0 9 * * *", timeZone: "UTC", spreadMs: 3_600_000, count: 1 });
  expect(preview.ok && preview.rows.map(({ at, startsAt }) => startsAt.getTime() - at.getTime())).toEqual([laterMs]);
});
