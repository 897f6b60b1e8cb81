import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { autoPauseAfter } from "@/db/auto-pause";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { createCaller } from "../root";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

const NINE = { cronExpression: "0 9 * * *", timeZone: "UTC", missedPolicy: "skip", runLimitMs: 120_000, spreadMs: 60_000 } as const;

/** An organization whose schedule was at nine, and is at ten in Berlin now. */
async function newOwner() {
  const organization = await world.organization();
  const { session, presetId } = organization;
  const owner = world.caller(session);
  await owner.schedule.update({ ...NINE, presetId, enabled: true });
  const later = { cronExpression: "0 10 * * *", timeZone: "Europe/Berlin", missedPolicy: "run_once", runLimitMs: null, spreadMs: 0 } as const;
  const current = await owner.schedule.update({ version: 1, ...later });
  const [newest, first] = (await owner.schedule.history({})).entries;
  if (!newest || !first) throw new Error("Two saves are two versions.");
  return { ...organization, owner, current, newest, first };
}

const HOUR_MS = 3_600_000;

/** Pauses for an hour, and lets two hours pass. Returns when the pause ended. */
async function letPauseEnd({ owner, orgId }: Awaited<ReturnType<typeof newOwner>>): Promise<Date> {
  const { pausedAt } = await owner.schedule.pause({ version: 2, note: "Moving house", until: new Date((await world.db.now()).getTime() + HOUR_MS) });
  const [at, end] = [2, 1].map((hours) => new Date((pausedAt?.getTime() ?? 0) - hours * HOUR_MS));
  if (!at || !end) throw new Error("Two instants are two.");
  await world.db.system.schedule.update({ where: { orgId }, data: { pausedAt: at, pausedUntil: end } });
  await world.db.system.scheduleVersion.updateMany({ where: { orgId, version: 3 }, data: { at, pausedAt: at, pausedUntil: end } });
  return end;
}

describe("the history of a schedule", () => {
  test("has each version with who made it, when and what it changed, newest first", async () => {
    const { newest, first, presetId } = await newOwner();
    expect(newest).toMatchObject({ version: 2, changedByName: "Ada Lovelace", isFirst: false, settings: { cronExpression: "0 10 * * *" } });
    expect(newest.changes).toEqual({
      cronExpression: { from: "0 9 * * *", to: "0 10 * * *" },
      timeZone: { from: "UTC", to: "Europe/Berlin" },
      missedPolicy: { from: "skip", to: "run_once" },
      runLimitMs: { from: 120_000, to: null },
      spreadMs: { from: 60_000, to: 0 },
    });
    expect(first).toMatchObject({ version: 1, isFirst: true, settings: { ...NINE, presetId, presetName: "Everything" } });
    expect(first.changes).toMatchObject({ presetName: { from: null, to: "Everything" } });
    expect(first.at.getTime()).toBeLessThan(newest.at.getTime());
  });

  test("tells of pauses and of runs that were left out, too", async () => {
    const { owner } = await newOwner();
    const { nextRunAt } = await owner.schedule.skipNext({ version: 2, slotAt: (await owner.schedule.get())?.nextRunAt ?? new Date(0) });
    await owner.schedule.pause({ version: 3, note: "Moving house" });
    await owner.schedule.resume({ version: 4 });
    const { entries } = await owner.schedule.history({});
    expect(entries.map(({ version, changes }) => [version, Object.keys(changes)])).toEqual([
      [5, ["pausedAt", "pauseNote"]],
      [4, ["pausedAt", "pauseNote", "skipSlotAt"]],
      [3, ["skipSlotAt"]],
      [2, expect.any(Array)],
      [1, expect.any(Array)],
    ]);
    expect(entries[2]?.changes).toEqual({ skipSlotAt: { from: null, to: nextRunAt?.toISOString() } });
  });

  test("tells when a pause ended by itself, and lays its end to nobody who came later", async () => {
    const organization = await newOwner();
    const { owner } = organization;
    const end = await letPauseEnd(organization);
    expect((await owner.schedule.history({ limit: 1 })).entries).toMatchObject([{ version: 3, pauseEndedAt: end }]);
    await owner.schedule.update({ version: 3, cronExpression: "0 11 * * *" });
    const page = await owner.schedule.history({ limit: 1 });
    expect(page.entries).toMatchObject([{ version: 4, pauseEndedAt: null }]);
    expect(Object.keys(page.entries[0]?.changes ?? {})).toEqual(["cronExpression"]);
    expect((await owner.schedule.history({ limit: 1, cursor: page.nextCursor })).entries).toMatchObject([{ version: 3, pauseEndedAt: end }]);
  });

  test("lays the end of a pause that somebody ended before its time to them", async () => {
    const { owner } = await newOwner();
    await owner.schedule.pause({ version: 2, until: new Date((await world.db.now()).getTime() + HOUR_MS) });
    expect((await owner.schedule.history({ limit: 1 })).entries).toMatchObject([{ version: 3, pauseEndedAt: null }]);
    await owner.schedule.resume({ version: 3 });
    const { entries } = await owner.schedule.history({ limit: 2 });
    expect(entries.map(({ version, pauseEndedAt }) => [version, pauseEndedAt])).toEqual([
      [4, null],
      [3, null],
    ]);
    expect(Object.keys(entries[0]?.changes ?? {})).toEqual(["pausedAt", "pausedUntil"]);
  });

  test("names Milkrun where it paused the schedule itself, and an API key where a program changed it", async () => {
    const { owner, orgId, userId } = await newOwner();
    const { id, organizationId } = await world.key({ orgId, userId }, ["manage"]);
    await world.caller({ id, organizationId }).schedule.update({ version: 2, cronExpression: "0 11 * * *" });
    expect(await owner.schedule.get()).toMatchObject({ updatedByName: "Reporting" });
    await fail20Runs(orgId);
    await world.db.withSystem((tx) => autoPauseAfter(tx, orgId));
    expect((await owner.schedule.history({ limit: 2 })).entries.map(({ changedByName }) => changedByName)).toEqual([null, "Reporting"]);
  });

  test("goes on page by page, each version compared with the one before it", async () => {
    const { owner, newest, first } = await newOwner();
    const page = await owner.schedule.history({ limit: 1 });
    expect(page.entries).toEqual([newest]);
    expect(await owner.schedule.history({ limit: 1, cursor: page.nextCursor })).toEqual({ entries: [first], nextCursor: null });
  });

  test("of a schedule that was deleted stays, and a new one begins anew", async () => {
    const { owner, presetId } = await newOwner();
    await owner.schedule.remove({ version: 2 });
    await owner.schedule.update({ ...NINE, presetId });
    expect((await owner.schedule.history({})).entries.map(({ version, isFirst }) => [version, isFirst])).toEqual([
      [1, true],
      [2, false],
      [1, true],
    ]);
  });
});

async function fail20Runs(orgId: string) {
  const { id } = await world.db.system.schedule.findUniqueOrThrow({ where: { orgId } });
  await world.db.system.$executeRaw`
    insert into run (id, org_id, number, trigger, status, schedule_id, slot_at, queued_at, finished_at, limit_ms)
    select gen_random_uuid(), ${orgId}::uuid, n, 'schedule', 'failed', ${id}::uuid, at, at, at, 60000
    from generate_series(1, 20) n, lateral (select now() - (21 - n) * interval '12 hours' as at) as slot`;
}

describe("restoring a version", () => {
  test("makes it the newest one, with the next slot after now, and says so in the audit", async () => {
    const { owner, orgId, first, presetId } = await newOwner();
    const before = new Date();
    const restored = await owner.schedule.restore({ version: 2, id: first.id });
    expect(restored).toMatchObject({ ...NINE, version: 3, presetId, enabled: true });
    expect(restored.lowerBoundAt.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(restored.nextRunAt?.getTime()).toBeGreaterThan(before.getTime());
    expect((await owner.schedule.history({ limit: 1 })).entries).toMatchObject([{ version: 3, settings: first.settings }]);
    const entry = await world.db.system.auditEntry.findFirst({ where: { orgId, action: "schedule.restore" } });
    expect(entry).toMatchObject({
      summary: expect.stringContaining("Restored the schedule as of"),
      changes: { timeZone: { from: "Europe/Berlin", to: "UTC" } },
    });
  });

  test("leaves it on, off or paused as it is", async () => {
    const { owner, first } = await newOwner();
    await owner.schedule.pause({ version: 2, note: "Moving house" });
    expect(await owner.schedule.restore({ version: 3, id: first.id })).toMatchObject({ enabled: true, pauseNote: "Moving house", nextRunAt: null });
    await owner.schedule.update({ enabled: false });
    expect(await owner.schedule.restore({ version: 5, id: first.id })).toMatchObject({ enabled: false, nextRunAt: null });
  });

  test("is refused when somebody changed the schedule meanwhile, and changes nothing", async () => {
    const { owner, first, current } = await newOwner();
    await expect(owner.schedule.restore({ version: 1, id: first.id })).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { code: "version_conflict", details: { currentVersion: 2 } },
    });
    expect(await owner.schedule.get()).toEqual(current);
  });

  test("whose preset is deleted is refused at that field and by that name, and changes nothing", async () => {
    const { owner, first, presetId, sourceIds } = await newOwner();
    const other = await owner.preset.create({ name: "Other", sourceIds });
    const current = await owner.schedule.update({ version: 2, presetId: other.id });
    await owner.preset.remove({ id: presetId });
    await expect(owner.schedule.restore({ version: 3, id: first.id })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining("The preset “Everything” of that version is deleted, so nothing was restored."),
      cause: { details: { field: "presetId" } },
    });
    expect(await owner.schedule.get()).toEqual(current);
  });

  test("that runs more often than the operator allows by now is refused at that field", async () => {
    const { owner, session, current } = await newOwner();
    await owner.schedule.update({ version: 2, cronExpression: "*/5 * * * *" });
    const [often] = (await owner.schedule.history({ limit: 1 })).entries;
    await owner.schedule.update({ version: 3, cronExpression: current.cronExpression });
    const context = world.context(session);
    const strict = createCaller({ ...context, settings: { ...context.settings, minimumSpacingMs: 600_000 } });
    await expect(strict.schedule.restore({ version: 4, id: often?.id ?? "" })).rejects.toMatchObject({ cause: { details: { field: "cronExpression" } } });
    expect(await owner.schedule.get()).toMatchObject({ version: 4, cronExpression: current.cronExpression });
  });

  test("that is not there is not found", async () => {
    const { owner } = await newOwner();
    await expect(owner.schedule.restore({ version: 2, id: "999999999999" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(owner.schedule.restore({ version: 2, id: randomUUID() })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("works where the schedule was deleted since: version 0 is none", async () => {
    const { owner, first } = await newOwner();
    await owner.schedule.remove({ version: 2 });
    expect(await owner.schedule.restore({ version: 0, id: first.id })).toMatchObject({ ...NINE, version: 1, enabled: false });
  });
});
