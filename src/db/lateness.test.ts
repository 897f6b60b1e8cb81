import { afterEach, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import type { RunStatus } from "@/domain/run-status";
import { createOrganization, createSchedule } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { readSlotRecord, type SlotHour } from "./lateness";

const HOUR_MS = 3_600_000;

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

afterEach(() => db.system.run.deleteMany());

const read = () => db.withSystem(readSlotRecord);

interface Slot {
  status?: RunStatus;
  latenessMs?: number;
  supersededCount?: number;
  missedCount?: number;
  hoursAgo?: number;
  spreadMs?: number;
}

/** A ledger row of an organization of its own, written so many hours ago. */
async function addSlot({ status = "succeeded", latenessMs = 0, hoursAgo = 0, spreadMs = 0, ...counts }: Slot): Promise<void> {
  const organization = await createOrganization(db);
  const scheduleId = await createSchedule(db, organization, { lowerBoundAt: new Date(0), nextRunAt: new Date("2126-01-01T00:00:00Z"), spreadMs });
  const at = new Date((await db.now()).getTime() - hoursAgo * HOUR_MS);
  await db.system.run.create({
    data: {
      ...{ orgId: organization.orgId, number: 1, trigger: "schedule", scheduleId, limitMs: 1, status, latenessMs, ...counts },
      ...{ queuedAt: at, slotAt: new Date(at.getTime() - latenessMs), finishedAt: status === "queued" ? null : at },
    },
  });
}

function total(hours: readonly SlotHour[]): Omit<SlotHour, "startsAt"> {
  const sum = (outcome: keyof Omit<SlotHour, "startsAt">) => hours.reduce((all, hour) => all + hour[outcome], 0);
  return { onTime: sum("onTime"), late: sum("late"), skipped: sum("skipped"), missed: sum("missed"), superseded: sum("superseded") };
}

describe("the record of the last 24 hours", () => {
  it("has an hour of the clock for each of them, the one that is going included", async () => {
    const { since, hours, lateness } = await read();
    expect(lateness).toBeNull();
    expect(hours.map((hour) => hour.startsAt.getTime())).toEqual(Array.from({ length: 24 }, (_, index) => since.getTime() + index * HOUR_MS));
    expect(since.getTime() % HOUR_MS).toBe(0);
    const age = (await db.now()).getTime() - since.getTime();
    expect(age).toBeGreaterThanOrEqual(23 * HOUR_MS);
    expect(total(hours)).toEqual({ onTime: 0, late: 0, skipped: 0, missed: 0, superseded: 0 });
  });

  it("counts every slot once, by what became of it", async () => {
    await addSlot({ latenessMs: 60_000 });
    await addSlot({ status: "queued", latenessMs: 60_001, supersededCount: 5 });
    await addSlot({ status: "skipped", latenessMs: 90_000, supersededCount: 1 });
    await addSlot({ status: "missed", latenessMs: 9_000_000, missedCount: 7 });
    expect(total((await read()).hours)).toEqual({ onTime: 1, late: 1, skipped: 1, missed: 7, superseded: 6 });
  });

  it("puts slots into the hour in which they were examined and leaves older ones out", async () => {
    await addSlot({ hoursAgo: 3 });
    await addSlot({ hoursAgo: 25 });
    const { hours } = await read();
    expect(hours.map((hour) => hour.onTime)).toEqual(Array.from({ length: 24 }, (_, index) => (index === 20 ? 1 : 0)));
  });

  it("knows nothing of runs that people started", async () => {
    const { orgId } = await createOrganization(db);
    await db.system.run.create({ data: { orgId, number: 1, trigger: "person", status: "succeeded", limitMs: 1, finishedAt: new Date() } });
    const { hours, lateness } = await read();
    expect([total(hours).onTime, lateness]).toEqual([0, null]);
  });

  it("gives the percentiles and the longest of what was dispatched, missed slots left out", async () => {
    for (const latenessMs of [10, 20, 30, 40]) await addSlot({ latenessMs });
    await addSlot({ status: "missed", latenessMs: 9_000_000, missedCount: 1 });
    expect((await read()).lateness).toEqual({ p50Ms: 20, p95Ms: 40, maxMs: 40, includesSpread: false });
  });

  it("takes a slot within its spread for on time, and says that a spread is part of the numbers", async () => {
    await addSlot({ latenessMs: 300_000, spreadMs: 300_000 });
    await addSlot({ latenessMs: 400_000, spreadMs: 300_000 });
    const { hours, lateness } = await read();
    expect(total(hours)).toMatchObject({ onTime: 1, late: 1 });
    expect(lateness?.includesSpread).toBe(true);
  });
});
