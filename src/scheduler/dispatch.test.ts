import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { createOrganization, createSchedule, type ScheduleOptions, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { silentLog } from "@/testing/silent-log";
import { dispatchDue } from "./dispatch";
import type { DispatchedSlot } from "./observer";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LIMIT_MS = 15 * MINUTE;

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

beforeEach(async () => {
  await db.system.schedule.deleteMany();
  await db.system.presetSource.deleteMany();
  await db.system.organization.deleteMany();
  await db.system.$executeRaw`delete from graphile_worker._private_jobs`;
});

const dispatch = () => dispatchDue(db, silentLog, LIMIT_MS);
const ledger = ({ orgId }: TestOrganization) => db.system.run.findMany({ where: { orgId }, orderBy: { number: "asc" } });
const queued = async () => (await db.system.$queryRaw<{ key: string }[]>`select key from graphile_worker.jobs`).map((row) => row.key);

/** A slot that comes once an hour and came 30 minutes and so many hours ago: far from the next, whenever the test runs. */
async function hourly(hoursAgo: number, options: Partial<ScheduleOptions> = {}) {
  const organization = await createOrganization(db);
  const latestSlot = new Date(Math.floor(((await db.now()).getTime() - HOUR / 2) / MINUTE) * MINUTE);
  const slot = new Date(latestSlot.getTime() - hoursAgo * HOUR);
  const cronExpression = `${slot.getUTCMinutes()} * * * *`;
  const scheduleId = await createSchedule(db, organization, { cronExpression, lowerBoundAt: new Date(slot.getTime() - 1), nextRunAt: slot, ...options });
  return { organization, scheduleId, slot, latestSlot, nextSlot: new Date(latestSlot.getTime() + HOUR) };
}

describe("dispatching a due slot", () => {
  it("writes one row, queues one run and moves the schedule on", async () => {
    const { organization, scheduleId, slot, nextSlot } = await hourly(0);
    expect(await dispatch()).toBe(1);
    const [row, ...others] = await ledger(organization);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      number: 1,
      status: "queued",
      trigger: "schedule",
      scheduleId,
      slotAt: slot,
      supersededCount: 0,
      limitMs: LIMIT_MS,
      presetName: "Everything",
    });
    expect(await queued()).toEqual([`run:${row?.id}`]);
    expect(await db.system.schedule.findUnique({ where: { id: scheduleId } })).toMatchObject({ nextRunAt: nextSlot, lowerBoundAt: slot, version: 1 });
    expect(await dispatch()).toBe(0);
  });

  it("runs the newest of several slots once and counts the older ones", async () => {
    const { organization, latestSlot, slot } = await hourly(5);
    await dispatch();
    expect(await ledger(organization)).toMatchObject([{ status: "queued", slotAt: latestSlot, supersededCount: 5, spanStartAt: slot }]);
  });

  it("records slots beyond the grace period as one missed row, which is never queued", async () => {
    const { organization, scheduleId, slot, latestSlot } = await hourly(3);
    await db.system.schedule.update({ where: { id: scheduleId }, data: { graceMs: 20 * MINUTE } });
    await dispatch();
    const rows = await ledger(organization);
    expect(rows).toMatchObject([{ status: "missed", slotAt: latestSlot, spanStartAt: slot, missedCount: 4, supersededCount: 0 }]);
    expect(rows[0]?.finishedAt).not.toBeNull();
    expect(await queued()).toEqual([]);
  });

  it("records the slot as skipped, with the run in the way, when the organization is busy", async () => {
    const { organization } = await hourly(0);
    const { orgId, presetId } = organization;
    const active = await db.system.run.create({ data: { orgId, presetId, number: 1000, trigger: "person", status: "queued", limitMs: 1 } });
    await dispatch();
    const rows = await ledger(organization);
    expect(rows[0]).toMatchObject({ status: "skipped", blockingRunId: active.id, number: 1 });
    expect(await queued()).toEqual([]);
  });

  it("vector 16: gives the slot exactly one row when a run ends at the same time", async () => {
    const { organization } = await hourly(0);
    const { orgId, presetId } = organization;
    const active = await db.system.run.create({ data: { orgId, presetId, number: 1000, trigger: "person", status: "queued", limitMs: 1 } });
    await Promise.all([dispatch(), db.system.run.update({ where: { id: active.id }, data: { status: "succeeded", finishedAt: new Date() } })]);
    const slots = (await ledger(organization)).filter((row) => row.slotAt !== null);
    expect(slots).toHaveLength(1);
    expect(["queued", "skipped"]).toContain(slots[0]?.status);
  });

  it("never queues a slot that stands in the ledger already, and leaves no hole in the run numbers", async () => {
    const { organization, scheduleId, slot } = await hourly(0);
    await dispatch();
    await db.system.run.updateMany({ data: { status: "succeeded", finishedAt: new Date() } });
    await db.system.schedule.update({ where: { id: scheduleId }, data: { nextRunAt: slot, dueAt: slot, lowerBoundAt: new Date(slot.getTime() - 1) } });
    await dispatch();
    expect(await ledger(organization)).toHaveLength(1);
    const { lastRunNumber } = await db.system.organization.findUniqueOrThrow({ where: { id: organization.orgId } });
    expect(lastRunNumber).toBe(1);
  });

  it("vector 20: a schedule that cannot be computed is flagged on its page, and another fires", async () => {
    const broken = await hourly(0, { timeZone: "Mars/Olympus_Mons" });
    const sound = await hourly(0);
    expect(await dispatch()).toBe(2);
    expect(await ledger(broken.organization)).toEqual([]);
    expect(await ledger(sound.organization)).toHaveLength(1);
    const flagged = await db.system.schedule.findUnique({ where: { id: broken.scheduleId } });
    expect(flagged?.nextRunAt).toBeNull();
    expect(flagged?.problem).toContain("Nothing runs until");
  });

  it("leaves schedules alone that are off or not due", async () => {
    const off = await hourly(0);
    await db.system.schedule.update({ where: { id: off.scheduleId }, data: { enabled: false } });
    const later = await hourly(-1);
    expect(await dispatch()).toBe(0);
    expect(await ledger(off.organization)).toEqual([]);
    expect(await ledger(later.organization)).toEqual([]);
  });
});

it("tells its observer of every row that was committed", async () => {
  await hourly(2);
  const busy = await hourly(0);
  const { orgId, presetId } = busy.organization;
  await db.system.run.create({ data: { orgId, presetId, number: 1000, trigger: "person", status: "queued", limitMs: 1 } });
  const told: DispatchedSlot[] = [];
  const observe = { dispatched: ({ slots }: { slots: readonly DispatchedSlot[] }) => void told.push(...slots), reaped: () => {} };
  expect(await dispatchDue(db, silentLog, LIMIT_MS, observe)).toBe(2);
  expect(await dispatchDue(db, silentLog, LIMIT_MS, observe)).toBe(0);
  expect(told.map(({ status, olderSlots }) => ({ status, olderSlots })).sort((a, b) => a.status.localeCompare(b.status))).toEqual([
    { status: "queued", olderSlots: 2 },
    { status: "skipped", olderSlots: 0 },
  ]);
});
