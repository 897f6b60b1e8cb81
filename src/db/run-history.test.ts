import { describe, expect, it } from "vitest";
import { createOrganization, createSchedule, type RunRow, type RunSourceRow, recordRun, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { endRun } from "./run-ends";
import { readRunHistory } from "./run-history";
import { keepVersion } from "./schedule-versions";

/** A Tuesday, 11:00 in Berlin. */
const NOW = new Date("2026-11-24T10:00:00Z");

let db: Database;
let organization: TestOrganization;
let scheduleId: string;

ownDatabase((own) => {
  db = own.db;
});

/** An organization whose schedule has always been this one. */
async function begin(cronExpression: string, timeZone = "Europe/Berlin") {
  organization = await createOrganization(db);
  scheduleId = await createSchedule(db, organization, { cronExpression, timeZone, lowerBoundAt: NOW, nextRunAt: null });
  await db.withSystem((tx) => keepVersion(tx, scheduleId, { actorId: null, now: NOW }));
}

/** A row of the ledger that was written at its slot. */
function record(slot: string, row: RunRow = {}, sources: RunSourceRow[] = []) {
  const at = new Date(slot);
  return recordRun(db, organization, { scheduleId, scheduleVersion: 1, slotAt: at, queuedAt: at, ...row }, sources);
}

const history = (now = NOW) => db.withTenant(organization.orgId, (tx) => readRunHistory(tx, organization.orgId, now));

describe("the days", () => {
  it("are those of the schedule's zone, from a Monday 26 weeks back to today", async () => {
    await begin("0 7 * * *");
    await record("2026-11-22T22:30:00Z", { newCount: 4 });
    await record("2026-11-22T23:30:00Z", { newCount: 5 });
    await record("2026-05-31T21:59:59Z");
    expect(await history()).toMatchObject({
      timeZone: "Europe/Berlin",
      from: "2026-06-01",
      to: "2026-11-24",
      days: [
        { date: "2026-11-22", runs: 1, newItems: 4 },
        { date: "2026-11-23", runs: 1, newItems: 5 },
      ],
    });
  });

  it("count runs of every trigger, those that failed, and slots that were left out", async () => {
    await begin("0 7 * * *");
    const manual = { trigger: "person", scheduleId: null, scheduleVersion: null, slotAt: null } as const;
    for (const status of ["succeeded", "partial", "failed", "timed_out", "abandoned", "cancelled"] as const)
      await record("2026-11-24T06:00:00Z", { ...manual, status });
    await record("2026-11-24T06:30:00Z", { ...manual, status: "queued" });
    await record("2026-11-24T07:00:00Z", { status: "skipped" });
    expect((await history()).days).toEqual([{ date: "2026-11-24", runs: 7, failed: 3, skipped: 1, missed: 0, newItems: 0 }]);
  });

  it("count a run on the day of its slot, also where it was begun after midnight", async () => {
    await begin("30 23 * * *", "UTC");
    const late = { queuedAt: new Date("2026-11-23T00:10:00Z"), newCount: 3 };
    await record("2026-11-22T23:30:00Z", { ...late, status: "failed" });
    await record("2026-11-22T23:31:00Z", { ...late, status: "skipped", newCount: 0 });
    await record("2026-11-23T23:30:00Z", { newCount: 1 });
    expect((await history()).days).toEqual([
      { date: "2026-11-22", runs: 1, failed: 1, skipped: 1, missed: 0, newItems: 3 },
      { date: "2026-11-23", runs: 1, failed: 0, skipped: 0, missed: 0, newItems: 1 },
    ]);
  });

  it("name slots that nobody was there for on the days on which they were due, not on the day after which the server was back", async () => {
    await begin("0 7 * * 1-5");
    const back = new Date("2026-11-24T09:00:00Z");
    const spanStartAt = new Date("2026-11-19T06:00:00Z");
    await record("2026-11-23T06:00:00Z", { status: "missed", missedCount: 3, spanStartAt, queuedAt: back });
    expect((await history()).days).toEqual([
      { date: "2026-11-19", runs: 0, failed: 0, skipped: 0, missed: 1, newItems: 0 },
      { date: "2026-11-20", runs: 0, failed: 0, skipped: 0, missed: 1, newItems: 0 },
      { date: "2026-11-23", runs: 0, failed: 0, skipped: 0, missed: 1, newItems: 0 },
      { date: "2026-11-24", runs: 0, failed: 0, skipped: 0, missed: 0, newItems: 0 },
    ]);
  });

  it("count the slots that a later one took the place of as missed, and the run itself as a run", async () => {
    await begin("*/10 * * * *");
    await record("2026-11-24T08:30:00Z", { supersededCount: 3, spanStartAt: new Date("2026-11-24T08:00:00Z") });
    expect((await history()).days).toMatchObject([{ date: "2026-11-24", runs: 1, missed: 3 }]);
  });

  it("are those of the organization's zone without a schedule or with a zone of its own that is known no more, and of UTC where neither is known", async () => {
    await begin("0 7 * * *", "Mars/Olympus");
    const setZone = (timeZone: string) => db.system.organization.update({ where: { id: organization.orgId }, data: { timeZone } });
    await setZone("Asia/Kolkata");
    expect(await history()).toMatchObject({ timeZone: "Asia/Kolkata", days: [], slots: [] });
    await db.system.schedule.deleteMany({ where: { orgId: organization.orgId } });
    expect(await history()).toMatchObject({ timeZone: "Asia/Kolkata" });
    await setZone("Mars/Olympus");
    expect(await history()).toMatchObject({ timeZone: "UTC" });
  });

  it("know the new items of a run as soon as it has ended", async () => {
    await begin("0 7 * * *");
    const { id: runId, orgId } = await record("2026-11-24T06:00:00Z", { status: "queued" }, [{ newCount: 3 }, { newCount: 4 }]);
    expect((await history()).days).toMatchObject([{ runs: 1, newItems: 0 }]);
    await db.withSystem((tx) => endRun(tx, { orgId, runId }, { status: "succeeded", message: null }));
    expect((await history()).days).toMatchObject([{ runs: 1, newItems: 7 }]);
  });
});

describe("the slots", () => {
  it("come with what their runs brought and what went wrong, the newest first; runs without a slot are not among them", async () => {
    await begin("0 7 * * *");
    const good = await record("2026-11-22T06:00:00Z", {}, [{ newCount: 14 }]);
    const bad = await record("2026-11-23T06:00:00Z", { status: "partial" }, [{ newCount: 2 }, { status: "failed", message: "404 Not found." }]);
    await record("2026-11-24T06:00:00Z", { status: "skipped", blockingRunId: bad.id });
    await record("2026-11-24T07:00:00Z", { trigger: "person", slotAt: null, scheduleId: null });
    expect((await history()).slots).toMatchObject([
      { at: new Date("2026-11-24T06:00:00Z"), status: "skipped", blockingRunNumber: bad.number, newCount: 0, startedAt: null },
      { status: "partial", newCount: 2, sourceCount: 2, failedSourceCount: 1, message: "Feed: 404 Not found.", runId: bad.id },
      { status: "succeeded", newCount: 14, sourceCount: 1, failedSourceCount: 0, message: null, runNumber: good.number },
    ]);
  });

  it("are told one by one where a row stands for several", async () => {
    await begin("*/10 * * * *");
    await record("2026-11-24T06:30:00Z", { status: "missed", missedCount: 2, spanStartAt: new Date("2026-11-24T06:20:00Z") });
    await record("2026-11-24T07:00:00Z", { supersededCount: 2, spanStartAt: new Date("2026-11-24T06:40:00Z") });
    const { slots } = await history();
    expect(slots.map(({ at, status }) => [at.toISOString().slice(11, 16), status])).toEqual([
      ["07:00", "succeeded"],
      ["06:50", "passed_over"],
      ["06:40", "passed_over"],
      ["06:30", "missed"],
      ["06:20", "missed"],
    ]);
    expect(new Set(slots.map(({ runId }) => runId)).size).toBe(2);
  });

  it("are 60 at most, however many a row stands for", async () => {
    await begin("* * * * *");
    await record("2026-11-24T07:00:00Z", { status: "missed", missedCount: 10_080, spanStartAt: new Date("2026-08-01T00:00:00Z") });
    const { slots } = await history();
    expect(slots).toHaveLength(60);
    expect(slots.at(-1)?.at).toEqual(new Date("2026-11-24T06:01:00Z"));
  });

  it("go on where nobody knows any more what the schedule was: then the first of a span stands for all", async () => {
    await begin("0 7 * * *");
    await record("2026-11-24T06:00:00Z", {
      status: "missed",
      missedCount: 5,
      spanStartAt: new Date("2026-11-20T06:00:00Z"),
      scheduleVersion: 7,
    });
    const { slots, days } = await history();
    expect(slots).toMatchObject([{ at: new Date("2026-11-20T06:00:00Z"), status: "missed" }]);
    expect(days.filter(({ missed }) => missed > 0)).toMatchObject([{ date: "2026-11-20", missed: 1 }]);
  });
});
