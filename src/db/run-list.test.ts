import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { RunFilter } from "@/domain/run";
import type { RunTimelineInput } from "@/domain/run-timeline";
import { createOrganization, createSchedule, type RunRow, recordRun, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { readRunTimeline } from "./run-timeline";
import { countRuns, listRuns } from "./runs";

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

const at = (instant: string) => new Date(instant);
const FIRST_SLOT = at("2026-11-20T00:00:00Z");

/** An organization whose ledger the test writes. */
class Ledger {
  private lastSlotAt = FIRST_SLOT;
  private readonly scheduleId = randomUUID();
  private constructor(readonly organization: TestOrganization) {}

  static async create(timeZone?: string): Promise<Ledger> {
    const ledger = new Ledger(await createOrganization(db));
    if (timeZone) await createSchedule(db, ledger.organization, { timeZone, lowerBoundAt: new Date(), nextRunAt: null });
    return ledger;
  }

  /** The next row. Unless told, a run of the preset by the schedule that succeeded at once. */
  add(row: RunRow = {}, newCount?: number) {
    this.lastSlotAt = new Date(this.lastSlotAt.getTime() + 60_000);
    const slot = row.trigger === "person" ? {} : { scheduleId: this.scheduleId, slotAt: this.lastSlotAt };
    const { presetId } = this.organization;
    return recordRun(db, this.organization, { presetId, newCount, ...slot, ...row }, newCount === undefined ? [] : [{ newCount }]);
  }

  async list(filter: Partial<RunFilter> = {}) {
    const { orgId } = this.organization;
    return db.withTenant(orgId, (tx) => listRuns(tx, orgId, { limit: 50, ...filter }));
  }

  async numbers(filter: Partial<RunFilter>) {
    return (await this.list(filter)).runs.map(({ number }) => number);
  }

  counts(filter: Parameters<typeof countRuns>[2] = {}) {
    const { orgId } = this.organization;
    return db.withTenant(orgId, (tx) => countRuns(tx, orgId, filter));
  }

  timeline(input: RunTimelineInput, now: Date) {
    const { orgId } = this.organization;
    return db.withTenant(orgId, (tx) => readRunTimeline(tx, orgId, input, now));
  }
}

describe("the list of runs", () => {
  it("is narrowed by status, by who began them and by preset, all at once", async () => {
    const ledger = await Ledger.create();
    const presetId = randomUUID();
    await ledger.add({ trigger: "person" });
    await ledger.add({ trigger: "person", presetId });
    await ledger.add({ presetId });
    await ledger.add({ trigger: "person", presetId, status: "failed" });
    expect(await ledger.numbers({ presetId })).toEqual([4, 3, 2]);
    expect(await ledger.numbers({ presetId, trigger: "person" })).toEqual([4, 2]);
    expect(await ledger.numbers({ presetId, trigger: "person", status: ["failed", "missed"] })).toEqual([4]);
  });

  it("goes by days of the schedule's zone, first and last included", async () => {
    const ledger = await Ledger.create("Asia/Tokyo");
    for (const slotAt of ["2026-11-22T14:59:59.999Z", "2026-11-22T15:00:00Z", "2026-11-23T14:59:59.999Z", "2026-11-23T15:00:00Z"]) {
      await ledger.add({ slotAt: at(slotAt) });
    }
    expect(await ledger.numbers({ from: "2026-11-23", to: "2026-11-23" })).toEqual([3, 2]);
    expect(await ledger.numbers({ from: "2026-11-24" })).toEqual([4]);
    expect(await ledger.numbers({ to: "2026-11-22" })).toEqual([1]);
  });

  it("puts a slot on its own day however late it ran, and a run without a slot on the day on which it was asked for", async () => {
    const ledger = await Ledger.create("UTC");
    await ledger.add({ slotAt: at("2026-11-23T23:50:00Z"), queuedAt: at("2026-11-24T00:20:00Z") });
    await ledger.add({ trigger: "person", queuedAt: at("2026-11-24T00:20:00Z") });
    expect(await ledger.numbers({ from: "2026-11-23", to: "2026-11-23" })).toEqual([1]);
    expect(await ledger.numbers({ from: "2026-11-24", to: "2026-11-24" })).toEqual([2]);
  });

  it("puts a row that stands for several slots on every day from the oldest to the newest", async () => {
    const ledger = await Ledger.create("UTC");
    const queuedAt = at("2026-11-26T09:00:00Z");
    await ledger.add({ status: "missed", slotAt: at("2026-11-25T07:00:00Z"), spanStartAt: at("2026-11-23T07:00:00Z"), missedCount: 3, queuedAt });
    for (const day of ["2026-11-23", "2026-11-24", "2026-11-25"]) expect(await ledger.numbers({ from: day, to: day })).toEqual([1]);
    for (const day of ["2026-11-22", "2026-11-26"]) expect(await ledger.numbers({ from: day, to: day })).toEqual([]);
    expect(await ledger.numbers({ to: "2026-11-23" })).toEqual([1]);
    expect(await ledger.numbers({ from: "2026-11-25" })).toEqual([1]);
    expect(await ledger.counts({ from: "2026-11-24", to: "2026-11-24" })).toMatchObject({ missed: 1 });
  });

  it.each([
    ["there is no schedule", undefined],
    ["the schedule's is known no more", "Mars/Olympus"],
  ])("takes the organization's zone where %s", async (_, timeZone) => {
    const ledger = await Ledger.create(timeZone);
    await db.system.organization.update({ where: { id: ledger.organization.orgId }, data: { timeZone: "Asia/Tokyo" } });
    await ledger.add({ slotAt: at("2026-11-22T15:00:00Z") });
    expect(await ledger.numbers({ from: "2026-11-23", to: "2026-11-23" })).toEqual([1]);
  });

  it("shows no run twice and leaves none out when one begins between two pages", async () => {
    const ledger = await Ledger.create();
    for (let run = 0; run < 5; run++) await ledger.add();
    const first = await ledger.list({ limit: 3 });
    await ledger.add();
    const second = await ledger.list({ limit: 3, cursor: first.nextCursor });
    expect([...first.runs, ...second.runs].map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
    expect(second.nextCursor).toBeNull();
  });

  it("has a row for what was missed and how many slots that were", async () => {
    const ledger = await Ledger.create();
    const [spanStartAt, slotAt] = [at("2026-11-23T01:00:00Z"), at("2026-11-23T06:00:00Z")];
    await ledger.add({ status: "missed", slotAt, spanStartAt, missedCount: 6 });
    expect((await ledger.list({ status: ["missed"] })).runs).toMatchObject([{ slotAt, spanStartAt, missedCount: 6, startedAt: null }]);
  });
});

describe("the counts by status", () => {
  it("are of what the rest of the filter leaves, and of nobody else's runs", async () => {
    const [mine, theirs] = [await Ledger.create(), await Ledger.create()];
    await theirs.add();
    await mine.add();
    await mine.add({ trigger: "person" });
    await mine.add({ status: "missed" });
    expect(await mine.counts()).toMatchObject({ succeeded: 2, missed: 1, failed: 0, running: 0 });
    expect(await mine.counts({ trigger: "person" })).toMatchObject({ succeeded: 1, missed: 0 });
    expect(await mine.counts({ presetId: randomUUID() })).toMatchObject({ succeeded: 0, missed: 0 });
    expect(await mine.counts({ to: "2020-01-01" })).toMatchObject({ succeeded: 0, missed: 0 });
  });
});

describe("what a run usually brings", () => {
  it("is the median of the runs of its preset before it, and a run that brings nothing against it stands out", async () => {
    const ledger = await Ledger.create();
    for (const newCount of [300, 11, 12, 14, 13, 0, 12]) await ledger.add({}, newCount);
    const [last, empty, before] = (await ledger.list()).runs;
    expect(before).toMatchObject({ number: 5, usualNewCount: null, isUnusuallyEmpty: false });
    expect(empty).toMatchObject({ number: 6, newCount: 0, usualNewCount: 13, isUnusuallyEmpty: true });
    expect(last).toMatchObject({ number: 7, usualNewCount: 13, isUnusuallyEmpty: false });
  });

  it("leaves out other presets, retries and runs that did not get to their end", async () => {
    const ledger = await Ledger.create();
    const first = await ledger.add({}, 10);
    for (let run = 0; run < 4; run++) await ledger.add({ status: "partial" }, 10);
    for (let run = 0; run < 9; run++) await ledger.add({ presetId: randomUUID() }, 99);
    for (let run = 0; run < 9; run++) await ledger.add({ retryOfRunId: first.id }, 99);
    for (let run = 0; run < 9; run++) await ledger.add({ status: "failed" }, 0);
    await ledger.add({ retryOfRunId: first.id }, 0);
    await ledger.add({}, 0);
    const [last, retry] = (await ledger.list()).runs;
    expect(last).toMatchObject({ usualNewCount: 10, isUnusuallyEmpty: true });
    expect(retry).toMatchObject({ usualNewCount: null, isUnusuallyEmpty: false });
  });

  it("goes by the last 10 of them", async () => {
    const ledger = await Ledger.create();
    for (let run = 0; run < 10; run++) await ledger.add({}, 100);
    for (let run = 0; run < 10; run++) await ledger.add({}, 7);
    await ledger.add({}, 7);
    expect((await ledger.list({ limit: 1 })).runs).toMatchObject([{ usualNewCount: 7 }]);
  });
});

describe("the timeline", () => {
  const now = at("2026-11-24T10:20:00Z");

  it("takes its window from the schedule and has what ran, was skipped or was missed in it, oldest first", async () => {
    const ledger = await Ledger.create("UTC");
    const ended = (time: string) => ({ slotAt: at(time), startedAt: at(time), finishedAt: new Date(at(time).getTime() + 60_000) });
    await ledger.add(ended("2026-11-23T10:58:00Z"));
    await ledger.add(ended("2026-11-23T11:00:00Z"));
    await ledger.add({ ...ended("2026-11-24T10:00:00Z"), status: "skipped", startedAt: null });
    await ledger.add({ status: "queued", slotAt: at("2026-11-24T10:19:00Z"), finishedAt: null });
    const { window, runs, isCutOff } = await ledger.timeline({}, now);
    expect({ window, isCutOff, numbers: runs.map(({ number }) => number) }).toEqual({ window: "day", isCutOff: false, numbers: [2, 3, 4] });
    expect((await ledger.timeline({ status: ["skipped"] }, now)).runs).toMatchObject([{ number: 3, status: "skipped" }]);
    expect((await ledger.timeline({ window: "week" }, now)).runs).toHaveLength(4);
  });

  it("has a run that is still waiting, however long it has been", async () => {
    const ledger = await Ledger.create("UTC");
    await ledger.add({ status: "queued", slotAt: at("2026-11-14T07:00:00Z"), finishedAt: null });
    expect((await ledger.timeline({ window: "day" }, now)).runs).toMatchObject([{ number: 1, status: "queued" }]);
  });

  it("is of nobody else's runs", async () => {
    const [mine, theirs] = [await Ledger.create(), await Ledger.create()];
    await theirs.add({ status: "queued", slotAt: now, finishedAt: null });
    expect((await mine.timeline({}, now)).runs).toEqual([]);
  });
});
