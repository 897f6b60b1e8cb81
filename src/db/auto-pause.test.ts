import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { RunStatus, RunTrigger } from "@/domain/run-status";
import { createOrganization, createSchedule, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { until } from "@/testing/until";
import { autoPauseAfter } from "./auto-pause";
import type { Database } from "./client";
import { finishRun, takeRun } from "./run-lease";
import { pauseSchedule, resumeSchedule } from "./schedule-pause";
import { findSchedule } from "./schedules";

const DAY_MS = 86_400_000;

let db: Database;

ownDatabase(async (own) => {
  db = own.db;
  await db.listener.start();
});

interface Rows {
  count: number;
  status?: RunStatus;
  trigger?: RunTrigger;
  /** When the oldest of them began; the others follow a second apart. */
  daysAgo?: number;
  message?: string | null;
}

/** A schedule whose ledger has these rows, in this order. */
async function withLedger(...ledger: Rows[]): Promise<TestOrganization> {
  const organization = await createOrganization(db);
  const now = await db.now();
  await createSchedule(db, organization, { cronExpression: "0 * * * *", lowerBoundAt: now, nextRunAt: new Date(now.getTime() + DAY_MS) });
  for (const rows of ledger) await addRows(organization, rows);
  return organization;
}

async function addRows({ orgId }: TestOrganization, { count, status = "failed", trigger = "schedule", daysAgo = 0, message = null }: Rows) {
  const last = await db.system.run.findFirst({ where: { orgId }, orderBy: { number: "desc" } });
  const scheduleId = randomUUID();
  const since = (await db.now()).getTime() - daysAgo * DAY_MS;
  await db.system.run.createMany({
    data: Array.from({ length: count }, (_, index) => ({
      ...{ orgId, trigger, status, message, limitMs: 1 },
      number: (last?.number ?? 0) + index + 1,
      ...(trigger === "schedule" ? { scheduleId, slotAt: new Date(since + index * 1_000) } : {}),
      queuedAt: new Date(since + index * 1_000),
      finishedAt: status === "queued" ? null : new Date(since + index * 1_000),
    })),
  });
}

const judge = ({ orgId }: TestOrganization) => db.withSystem((tx) => autoPauseAfter(tx, orgId));
const stored = ({ orgId }: TestOrganization) => db.system.schedule.findUniqueOrThrow({ where: { orgId } });
const streakOf = async ({ orgId }: TestOrganization) => (await db.withTenant(orgId, (tx) => findSchedule(tx, orgId)))?.failureStreak;
const LONG = { count: 20, daysAgo: 4 };

/** The next run of the organization begins and ends with this status, as a worker does it. */
async function runEnds(organization: TestOrganization, status: RunStatus) {
  const { orgId } = organization;
  await addRows(organization, { count: 1, status: "queued" });
  const run = await db.system.run.findFirstOrThrow({ where: { orgId, status: "queued" } });
  const token = randomUUID();
  await db.withSystem(async (tx) => {
    await takeRun(tx, run.id, { workerId: randomUUID(), token });
    await finishRun(tx, { orgId, runId: run.id, token }, { status, message: "The site answered 404." });
  });
}

describe("a schedule whose runs keep failing", () => {
  it.each([
    { status: "failed", paused: true },
    { status: "timed_out", paused: true },
    { status: "partial", paused: false },
  ] as const)("is looked at when its worker ends the 20th run as $status", async ({ status, paused }) => {
    const organization = await withLedger({ count: 19, daysAgo: 4 });
    await runEnds(organization, status);
    expect((await stored(organization)).pausedAt !== null).toBe(paused);
  });

  it("is paused after 20 in a row over three days, until somebody resumes it, with the reason on the page and in the audit", async () => {
    const organization = await withLedger({ count: 19, daysAgo: 4 }, { count: 1, message: "The site answered 404." });
    expect(await judge(organization)).toBe(true);
    const note = /^Paused by Milkrun: the last 20 runs failed, since \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC\. The site answered 404\.$/;
    const schedule = await stored(organization);
    expect(schedule).toMatchObject({ enabled: true, version: 2, nextRunAt: null, dueAt: null, pausedUntil: null, pausedById: null });
    expect(schedule.pauseNote).toMatch(note);
    const audit = await db.system.auditEntry.findMany({ where: { orgId: organization.orgId } });
    expect(audit).toMatchObject([{ actorId: null, actorName: "Milkrun", action: "schedule.pause", summary: schedule.pauseNote }]);
  });

  it.each([
    ["19 failures over four days", [{ count: 19, daysAgo: 4 }]],
    ["20 failures within two days", [{ count: 20, daysAgo: 2 }]],
    ["20 failures with a run that worked among them", [{ count: 19, daysAgo: 4 }, { count: 1, status: "partial", daysAgo: 3 }, { count: 19 }]],
    ["20 failures before a run of a person's that worked", [LONG, { count: 1, status: "succeeded", trigger: "person" }]],
    ["failures of runs that persons started", [{ ...LONG, trigger: "person" }]],
    [
      "runs that were cancelled, skipped or missed",
      [
        { ...LONG, status: "cancelled" },
        { ...LONG, status: "skipped" },
        { ...LONG, status: "missed" },
      ],
    ],
  ] satisfies [string, Rows[]][])("is left alone after %s", async (_, ledger) => {
    const organization = await withLedger(...ledger);
    expect(await judge(organization)).toBe(false);
    expect(await stored(organization)).toMatchObject({ version: 1, pausedAt: null });
    expect((await stored(organization)).nextRunAt).not.toBeNull();
  });

  it("is paused although runs between the failures were skipped, missed, cancelled or a person's", async () => {
    const neutral = (["skipped", "missed", "cancelled"] as const).map((status) => ({ count: 3, status, daysAgo: 2 }));
    const person: Rows = { count: 2, trigger: "person", daysAgo: 2 };
    const organization = await withLedger(
      { count: 10, daysAgo: 4 },
      ...neutral,
      person,
      { count: 5, status: "timed_out", daysAgo: 1 },
      { count: 5, status: "abandoned" },
    );
    expect(await judge(organization)).toBe(true);
  });

  it("names the first failed source where the run has no message of its own", async () => {
    const organization = await withLedger(LONG);
    const { orgId, sourceIds } = organization;
    const newest = await db.system.run.findFirstOrThrow({ where: { orgId }, orderBy: { number: "desc" } });
    const source = { orgId, runId: newest.id, kind: "feed" as const, url: "https://example.org", status: "failed" as const };
    await db.system.runSource.createMany({
      data: [
        { ...source, sourceId: randomUUID(), position: 1, name: "Second", message: "No." },
        { ...source, sourceId: sourceIds[0] ?? "", position: 0, name: "News", message: "The site answered 404." },
      ],
    });
    await judge(organization);
    expect((await stored(organization)).pauseNote).toMatch(/ News: The site answered 404\.$/);
  });

  it("is judged by its own ledger alone", async () => {
    await withLedger(LONG);
    expect(await judge(await withLedger({ count: 1, daysAgo: 4 }))).toBe(false);
  });
});

describe("an automatic pause", () => {
  it("does not come twice, and never over a person's pause", async () => {
    const organization = await withLedger(LONG);
    const { orgId, userId } = organization;
    const pause = { version: 1, note: "Moving house", until: new Date((await db.now()).getTime() + DAY_MS) };
    await db.withTenant(orgId, async (tx) => pauseSchedule(tx, orgId, pause, { actorId: userId, now: await db.now() }));
    expect(await judge(organization)).toBe(false);
    expect(await stored(organization)).toMatchObject({ pauseNote: "Moving house", version: 2 });
  });

  it("does not come to a schedule that is off, or that is gone", async () => {
    const organization = await withLedger(LONG);
    await db.system.schedule.update({ where: { orgId: organization.orgId }, data: { enabled: false } });
    expect(await judge(organization)).toBe(false);
    await db.system.schedule.delete({ where: { orgId: organization.orgId } });
    expect(await judge(organization)).toBe(false);
  });

  it("starts counting anew when somebody resumes it", async () => {
    const organization = await withLedger(LONG);
    const { orgId, userId } = organization;
    await judge(organization);
    expect((await streakOf(organization))?.count).toBe(20);
    await db.withTenant(orgId, async (tx) => resumeSchedule(tx, orgId, 2, { actorId: userId, now: await db.now() }));
    expect(await streakOf(organization)).toBeNull();
    await addRows(organization, { count: 1 });
    expect(await judge(organization)).toBe(false);
    expect((await streakOf(organization))?.count).toBe(1);
  });

  it("waits for whoever is changing the schedule, and then decides by what stands there", async () => {
    const organization = await withLedger(LONG);
    const { orgId, userId } = organization;
    let paused: Promise<boolean> | undefined;
    await db.withTenant(orgId, async (tx) => {
      await pauseSchedule(tx, orgId, { version: 1, note: "Moving house" }, { actorId: userId, now: await db.now() });
      paused = judge(organization);
      await until(db, countWaiting, (waiting) => waiting > 0);
    });
    expect(await paused).toBe(false);
    expect(await stored(organization)).toMatchObject({ pauseNote: "Moving house", version: 2 });
  });
});

/** Connections to this database that wait for a lock. */
async function countWaiting(): Promise<number> {
  const [row] = await db.system.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return row.count;
}

describe("the streak on the page", () => {
  it("counts, and names its begin, its newest run and what went wrong in it", async () => {
    const organization = await withLedger({ count: 1, status: "succeeded", daysAgo: 2 }, { count: 4, daysAgo: 1 }, { count: 1, message: "Too slow." });
    const runs = await db.system.run.findMany({ where: { orgId: organization.orgId }, orderBy: { number: "asc" } });
    expect(await streakOf(organization)).toEqual({ count: 5, since: runs[1]?.queuedAt, lastMessage: "Too slow.", lastRunId: runs[5]?.id, lastRunNumber: 6 });
  });

  it("is none after a run that worked, and none while the schedule is off", async () => {
    const organization = await withLedger({ count: 5, daysAgo: 1 }, { count: 1, status: "succeeded" });
    expect(await streakOf(organization)).toBeNull();
    await addRows(organization, { count: 1 });
    await db.system.schedule.update({ where: { orgId: organization.orgId }, data: { enabled: false } });
    expect(await streakOf(organization)).toBeNull();
  });
});
