import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { pauseSchedule, resumeSchedule } from "@/db/schedule-pause";
import { skipNextSlot } from "@/db/skip-slot";
import { recordSlots } from "@/db/slots";
import { createOrganization, createSchedule, type ScheduleOptions, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { dispatchDue } from "./dispatch";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let db: Database;

ownDatabase(async (own) => {
  db = own.db;
  await db.listener.start();
});

beforeEach(() => db.system.schedule.deleteMany());

const dispatch = () => dispatchDue(db, silentLog, 15 * MINUTE);
const ledger = ({ orgId }: TestOrganization) => db.system.run.findMany({ where: { orgId }, orderBy: { number: "asc" } });
const stored = ({ orgId }: TestOrganization) => db.system.schedule.findUniqueOrThrow({ where: { orgId } });

interface Due {
  organization: TestOrganization;
  slot: Date;
  nextSlot: Date;
}

/** An hourly schedule whose slot came half an hour ago and waits to be dispatched; the next one is far from now. */
async function due(options: Partial<ScheduleOptions> = {}): Promise<Due> {
  const organization = await createOrganization(db);
  const slot = new Date(Math.floor(((await db.now()).getTime() - HOUR / 2) / MINUTE) * MINUTE);
  const cronExpression = `${slot.getUTCMinutes()} * * * *`;
  await createSchedule(db, organization, { cronExpression, lowerBoundAt: new Date(slot.getTime() - 1), nextRunAt: slot, ...options });
  return { organization, slot, nextSlot: new Date(slot.getTime() + HOUR) };
}

async function pause({ orgId, userId }: TestOrganization, version = 1, end?: Date) {
  await db.withTenant(orgId, async (tx) => pauseSchedule(tx, orgId, { version, ...(end && { until: end }) }, { actorId: userId, now: await db.now() }));
}

async function resume({ orgId, userId }: TestOrganization, version: number) {
  await db.withTenant(orgId, async (tx) => resumeSchedule(tx, orgId, version, { actorId: userId, now: await db.now() }));
}

describe("a paused schedule", () => {
  it("fires nothing, not even a slot that had come, and nothing of the past when it is resumed", async () => {
    const { organization, nextSlot } = await due();
    await pause(organization);
    expect(await dispatch()).toBe(0);
    await resume(organization, 2);
    expect(await dispatch()).toBe(0);
    expect(await ledger(organization)).toEqual([]);
    expect(await stored(organization)).toMatchObject({ nextRunAt: nextSlot, dueAt: nextSlot });
  });

  it("resumes by itself with the slot at its end, and is then paused no more", async () => {
    const { organization, slot, nextSlot } = await due();
    const { orgId, userId } = organization;
    // As a person would have paused it a day before, until exactly the slot.
    const now = new Date(slot.getTime() - 24 * HOUR);
    await db.withTenant(orgId, (tx) => pauseSchedule(tx, orgId, { version: 1, note: "Moving house", until: slot }, { actorId: userId, now }));
    expect(await stored(organization)).toMatchObject({ pausedUntil: slot, nextRunAt: slot });
    expect(await dispatch()).toBe(1);
    expect(await ledger(organization)).toMatchObject([{ status: "queued", slotAt: slot, supersededCount: 0 }]);
    expect(await stored(organization)).toMatchObject({ pausedAt: null, pausedUntil: null, pauseNote: null, pausedById: null, nextRunAt: nextSlot });
  });

  it("does not count the slots of its pause as missed", async () => {
    const { organization, slot } = await due();
    const { orgId, userId } = organization;
    const pausedFrom = new Date(slot.getTime() - 10 * HOUR);
    const end = new Date(slot.getTime() - 2 * HOUR);
    await db.withTenant(orgId, (tx) => pauseSchedule(tx, orgId, { version: 1, until: end }, { actorId: userId, now: pausedFrom }));
    await dispatch();
    // At the end, an hour after it, and the newest: the older two are counted on it.
    expect(await ledger(organization)).toMatchObject([{ status: "queued", slotAt: slot, supersededCount: 2, spanStartAt: end }]);
  });
});

it("a slot that a person left out is recorded as skipped when it comes, and the next one runs", async () => {
  const { organization, slot, nextSlot } = await due();
  const { orgId, userId } = organization;
  await db.withTenant(orgId, (tx) => skipNextSlot(tx, orgId, { version: 1, slotAt: slot }, { actorId: userId, now: slot }));
  await dispatch();
  expect(await ledger(organization)).toMatchObject([{ status: "skipped", slotAt: slot, blockingRunId: null, message: expect.stringContaining("Left out") }]);
  expect(await stored(organization)).toMatchObject({ nextRunAt: nextSlot, skipSlotAt: null });
});

describe("a pause and a dispatch at the same time", () => {
  it("gives the run and then the pause when the dispatch came first", async () => {
    const { organization, slot } = await due();
    let both: Promise<unknown> | undefined;
    await db.withSystem(async (tx) => {
      // Holds the dispatch up in its middle: it has claimed the schedule and waits for the organization.
      await tx.$executeRaw`select id from organization where id = ${organization.orgId}::uuid for no key update`;
      const dispatching = dispatch();
      await until(db, countWaiting, (waiting) => waiting === 1);
      both = Promise.all([dispatching, pause(organization)]);
      await until(db, countWaiting, (waiting) => waiting === 2);
    });
    await both;
    expect(await ledger(organization)).toMatchObject([{ status: "queued", slotAt: slot }]);
    expect(await stored(organization)).toMatchObject({ pausedUntil: null, nextRunAt: null, dueAt: null, version: 2 });
    expect((await stored(organization)).pausedAt).not.toBeNull();
  });

  it("gives the pause and no run when the pause came first", async () => {
    const { organization } = await due();
    const { orgId, userId } = organization;
    await db.withTenant(orgId, async (tx) => {
      await pauseSchedule(tx, orgId, { version: 1 }, { actorId: userId, now: await db.now() });
      expect(await dispatch()).toBe(0);
    });
    expect(await dispatch()).toBe(0);
    expect(await ledger(organization)).toEqual([]);
  });

  it("would lose the pause if the dispatch did not lock what it claims", async () => {
    const { organization, slot, nextSlot } = await due();
    const { id } = await stored(organization);
    await pause(organization);
    // A dispatch that had read the schedule before the pause, and writes what it decided then.
    const advance = { lowerBoundAt: slot, nextRunAt: nextSlot, dueAt: nextSlot, problem: null };
    await db.withSystem((tx) => recordSlots(tx, [{ ids: id, runNumbers: "1", count: 1, row: null, advance }], MINUTE));
    expect(await stored(organization)).toMatchObject({ pausedAt: null, nextRunAt: nextSlot });
  });

  it("gives every slot at most one row, and every schedule its pause, however the two interleave", async () => {
    const all: Due[] = [];
    for (let made = 0; made < 25; made++) all.push(await due());
    await Promise.all([...all.map(({ organization }) => pause(organization)), dispatch(), dispatch()]);
    await dispatch();
    for (const { organization, slot } of all) {
      const rows = await ledger(organization);
      expect(rows.length).toBeLessThanOrEqual(1);
      for (const row of rows) expect(row).toMatchObject({ status: "queued", slotAt: slot });
      const schedule = await stored(organization);
      expect(schedule).toMatchObject({ nextRunAt: null, dueAt: null, version: 2 });
      expect(schedule.pausedAt).not.toBeNull();
    }
  });
});

/** Connections to this database that wait for a lock. */
async function countWaiting(): Promise<number> {
  const [row] = await db.system.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return row.count;
}
