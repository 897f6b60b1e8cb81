import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { readSlotRecord } from "@/db/lateness";
import { takeRun } from "@/db/run-lease";
import { systemClock } from "@/domain/clock";
import { createScheduler } from "@/scheduler/scheduler";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { parseExposition, type Sample } from "@/testing/exposition";
import { createOrganization, createSchedule, type ScheduleOptions } from "@/testing/factories";
import { fails, gives, scriptedCollector } from "@/testing/scripted-collector";
import { silentLog } from "@/testing/silent-log";
import { startRunOf } from "@/testing/started-run";
import { until } from "@/testing/until";
import { createWorker } from "@/worker/worker";
import { createMetrics, type Metrics } from "./metrics";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GOOD = "https://good.example/";
const BAD = "https://bad.example/";

let testDatabase: TestDatabase;
let db: Database;
let metrics: Metrics;
let server: Server;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  db = createDatabase(testDatabase.connection, { poolSize: 8, log: silentLog });
  await db.listener.start();
});

beforeEach(async () => {
  metrics = createMetrics({ db, log: silentLog, version: "1.2.3", roles: ["web", "worker"], token: undefined, clock: systemClock });
  server = await serve(metrics);
});

afterEach(async () => {
  metrics.close();
  await new Promise((resolve) => server.close(resolve));
});

afterAll(async () => {
  await db.close();
  await testDatabase.drop();
});

function serve({ handle }: Metrics): Promise<Server> {
  return new Promise((resolve) => {
    const listening = createServer(handle).listen(0, "127.0.0.1", () => resolve(listening));
  });
}

function scrapeText(): Promise<Response> {
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
}

async function scrape() {
  const { samples, types } = parseExposition(await (await scrapeText()).text());
  const named = (name: string) => samples.filter((sample) => sample.name === name);
  return {
    samples,
    types,
    /** The values of a metric with one label, by that label's value. */
    byLabel: (name: string) => Object.fromEntries(named(name).map(({ labels, value }) => [Object.values(labels).join(), value])),
    value: (name: string, labels: Record<string, string> = {}) =>
      named(name).find((sample) => Object.entries(labels).every(([label, wanted]) => sample.labels[label] === wanted))?.value,
  };
}

describe("what Prometheus reads", () => {
  it("is its text format to the letter, and is not cached", async () => {
    const response = await scrapeText();
    expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(parseExposition(await response.text()).samples.length).toBeGreaterThan(50);
  });

  it("names everything by Prometheus' conventions", async () => {
    const { types } = await scrape();
    const own = [...types].filter(([name]) => name.startsWith("milkrun_"));
    expect(own.map(([name]) => name).sort()).toEqual([
      "milkrun_build_info",
      "milkrun_dispatch_duration_seconds",
      "milkrun_event_loop_delay_seconds",
      "milkrun_lease_steals_total",
      "milkrun_messages_total",
      "milkrun_queue_longest_wait_seconds",
      "milkrun_queue_runs",
      "milkrun_runs_requeued_total",
      "milkrun_runs_total",
      "milkrun_slot_lateness_seconds",
      "milkrun_slots_total",
      "milkrun_sources_total",
    ]);
    for (const [name, type] of own) expect(name.endsWith("_total"), name).toBe(type === "counter");
    expect([...types.keys()]).toEqual(expect.arrayContaining(["process_cpu_seconds_total", "process_resident_memory_bytes", "nodejs_heap_size_used_bytes"]));
  });

  it("says which Milkrun it is and what the process does", async () => {
    expect((await scrape()).value("milkrun_build_info", { version: "1.2.3", roles: "web,worker" })).toBe(1);
  });

  it("says how much a worker is collecting as it is when it is asked, and nothing of it where there is no worker", async () => {
    const collecting = async () => (await scrape()).samples.filter(({ name }) => name.startsWith("milkrun_collecting")).map(({ name, value }) => [name, value]);
    expect(await collecting()).toEqual([]);
    let taken = 0;
    metrics.watchCollecting(() => ({ size: 16, taken, waiting: 2 }));
    taken = 16;
    expect(await collecting()).toEqual([
      ["milkrun_collecting_places", 16],
      ["milkrun_collecting_places_taken", 16],
      ["milkrun_collecting_waiting", 2],
    ]);
  });

  it("has a zero for what can happen and has not, so that a rate is known from the first time on", async () => {
    const { byLabel } = await scrape();
    expect(byLabel("milkrun_slots_total")).toEqual({ on_time: 0, late: 0, skipped: 0, missed: 0, superseded: 0 });
    expect(byLabel("milkrun_runs_total")).toEqual({ succeeded: 0, partial: 0, failed: 0, cancelled: 0, timed_out: 0, abandoned: 0 });
    expect(byLabel("milkrun_lease_steals_total")).toEqual({ resumed: 0, abandoned: 0 });
  });

  it("has histograms that add up", async () => {
    const slots = [0, 40, 61_000, 4_000_000].map((latenessMs) => ({ status: "queued" as const, latenessMs, olderSlots: 0 }));
    metrics.scheduler.dispatched({ durationMs: 12, slots });
    const { samples, value } = await scrape();
    const buckets = samples.filter((sample) => sample.name === "milkrun_slot_lateness_seconds_bucket");
    expect(buckets.map((bucket) => [bucket.labels.le, bucket.value])).toEqual(
      expect.arrayContaining([
        ["0.05", 2],
        ["60", 2],
        ["300", 3],
        ["3600", 3],
        ["+Inf", 4],
      ]),
    );
    expect(value("milkrun_slot_lateness_seconds_count")).toBe(4);
    expect(value("milkrun_slot_lateness_seconds_sum")).toBeCloseTo(4_061.04);
  });

  it("tells nothing of organizations, sources and addresses", async () => {
    const { samples } = await scrape();
    const labels = (sample: Sample) => (sample.name.startsWith("milkrun_") ? Object.keys(sample.labels) : []);
    expect(new Set(samples.flatMap(labels))).toEqual(new Set(["version", "roles", "status", "outcome", "channel", "percentile", "le"]));
  });

  it("measures how long the event loop is held up", async () => {
    // A tenth of a second passes between two looks, and after a reading the first look only begins anew.
    for (let stall = 0; stall < 3; stall++) {
      const endMs = performance.now() + 300;
      while (performance.now() < endMs);
      await new Promise(setImmediate);
    }
    const longest = (await scrape()).value("milkrun_event_loop_delay_seconds", { percentile: "100" });
    expect(longest).toBeGreaterThan(0.1);
    expect(longest).toBeLessThan(60);
  });
});

/** A schedule whose slot came so long ago, at a minute far from the next one. */
async function slotDue(minutesAgo: number, options: Partial<ScheduleOptions> & { graceMs?: number; urls?: string[] } = {}) {
  const { graceMs, urls = [GOOD], ...schedule } = options;
  const organization = await createOrganization(db, { urls });
  const slot = new Date(Math.floor((await db.now()).getTime() / MINUTE) * MINUTE - minutesAgo * MINUTE);
  const cronExpression = `${slot.getUTCMinutes()} * * * *`;
  const scheduleId = await createSchedule(db, organization, { cronExpression, lowerBoundAt: new Date(slot.getTime() - 1), nextRunAt: slot, ...schedule });
  if (graceMs !== undefined) await db.system.schedule.update({ where: { id: scheduleId }, data: { graceMs } });
  return organization;
}

/** A run whose worker died. */
async function loseRun() {
  const runId = await startRunOf(db, await createOrganization(db, { urls: [GOOD] }));
  await db.withSystem((tx) => takeRun(tx, runId, { workerId: randomUUID(), token: randomUUID() }));
}

/** Counts rows of the ledger by the expression. */
async function countLedger(table: "run" | "run_source", column: string): Promise<Record<string, number>> {
  const rows = await db.system.$queryRawUnsafe<{ key: string; count: number }[]>(
    `select ${column}::text as key, count(*)::int as count from ${table} group by 1`,
  );
  return Object.fromEntries(rows.map((row) => [row.key, row.count]));
}

describe("after real slots and runs", () => {
  it("the numbers are the ledger's", async () => {
    await slotDue(0);
    await slotDue(20);
    await slotDue(20 + 3 * 60, { urls: [GOOD, BAD] });
    await slotDue(30, { urls: [BAD], graceMs: 10 * MINUTE });
    await slotDue(30 + 2 * 60, { graceMs: 10 * MINUTE });
    const busy = await slotDue(25, { urls: [BAD] });
    await db.system.run.create({ data: { orgId: busy.orgId, presetId: busy.presetId, number: 1000, trigger: "person", status: "queued", limitMs: MINUTE } });
    await loseRun();

    const scheduler = createScheduler({ db, log: silentLog, clock: systemClock, defaultRunLimitMs: MINUTE, observe: metrics.scheduler });
    await scheduler.start();
    const collectors = scriptedCollector({ [GOOD]: gives("1"), [BAD]: fails("500") });
    const { connection } = testDatabase;
    const worker = createWorker({ db, log: silentLog, connection, instanceId: randomUUID(), collectors, concurrency: 4, observe: metrics.worker });
    await worker.start();
    await db.system.$executeRaw`select graphile_worker.add_job('execute_run', json_build_object('runId', id)) from run where number = 1000`;
    await until(
      db,
      () => db.system.run.count({ where: { finishedAt: null } }),
      (active) => active === 0,
      60_000,
    );
    await worker.stop();
    await scheduler.stop();

    const { byLabel, value } = await scrape();
    const { hours } = await db.withSystem(readSlotRecord);
    const sum = (outcome: "onTime" | "late" | "skipped" | "missed" | "superseded") => hours.reduce((all, hour) => all + hour[outcome], 0);
    const slots = { on_time: sum("onTime"), late: sum("late"), skipped: sum("skipped"), missed: sum("missed"), superseded: sum("superseded") };
    expect(byLabel("milkrun_slots_total")).toEqual(slots);
    expect(slots).toMatchObject({ skipped: 1, missed: 4, superseded: 3 });
    // The slot of this minute may have passed a minute ago by now.
    expect([slots.on_time + slots.late, slots.late >= 2]).toEqual([3, true]);
    const { skipped, missed, ...ended } = await countLedger("run", "status");
    expect({ skipped, missed }).toEqual({ skipped: 1, missed: 2 });
    expect(byLabel("milkrun_runs_total")).toEqual({ cancelled: 0, timed_out: 0, abandoned: 0, ...ended });
    expect(ended).toEqual({ succeeded: 3, partial: 1, failed: 1 });
    expect(byLabel("milkrun_sources_total")).toEqual({ not_modified: 0, not_due: 0, ...(await countLedger("run_source", "status")) });
    expect(byLabel("milkrun_lease_steals_total")).toEqual({ resumed: 1, abandoned: 0 });
    expect(value("milkrun_slot_lateness_seconds_count")).toBe(4);
    expect(value("milkrun_dispatch_duration_seconds_count")).toBeGreaterThanOrEqual(1);
    expect(byLabel("milkrun_queue_runs")).toEqual({ queued: 0, running: 0 });
  }, 90_000);

  it("the queue is the whole installation's, as the database has it when it is asked", async () => {
    const { orgId } = await createOrganization(db);
    const queuedAt = new Date((await db.now()).getTime() - 5 * MINUTE);
    await db.system.run.create({ data: { orgId, number: 1, trigger: "person", status: "queued", limitMs: 1, queuedAt } });
    await loseRun();
    const { byLabel, value } = await scrape();
    expect(byLabel("milkrun_queue_runs")).toEqual({ queued: 1, running: 1 });
    expect(value("milkrun_queue_longest_wait_seconds")).toBeGreaterThanOrEqual(300);
    expect(value("milkrun_queue_longest_wait_seconds")).toBeLessThan(HOUR / 1000);
  });
});

describe("while the database does not answer", () => {
  const silent = { withSystem: () => new Promise<never>(() => {}) };
  const refusing = { withSystem: () => Promise.reject(new Error("There is no connection.")) };

  it.each([
    ["is silent", silent],
    ["refuses", refusing],
  ])("and %s, the queue is absent and everything else is there", async (_how, broken) => {
    metrics.close();
    metrics = createMetrics({ db: broken, log: silentLog, version: "1.2.3", roles: [], token: undefined, clock: systemClock });
    await new Promise((resolve) => server.close(resolve));
    server = await serve(metrics);
    const { samples, byLabel, value } = await scrape();
    expect(samples.filter(({ name }) => name.startsWith("milkrun_queue"))).toEqual([]);
    expect(value("milkrun_build_info")).toBe(1);
    expect(byLabel("milkrun_slots_total")).toMatchObject({ missed: 0 });
  });

  it("numbers that were read before are not shown any more", async () => {
    let answers = true;
    let nowMs = 0;
    metrics.close();
    const database = { withSystem: (work: Parameters<Database["withSystem"]>[0]) => (answers ? db.withSystem(work) : refusing.withSystem()) } as Pick<
      Database,
      "withSystem"
    >;
    metrics = createMetrics({ db: database, log: silentLog, version: "1.2.3", roles: [], token: undefined, clock: { monotonicMs: () => nowMs } });
    await new Promise((resolve) => server.close(resolve));
    server = await serve(metrics);
    expect((await scrape()).byLabel("milkrun_queue_runs")).toHaveProperty("queued");
    answers = false;
    nowMs = 4_999;
    expect((await scrape()).byLabel("milkrun_queue_runs"), "read a moment ago").toHaveProperty("queued");
    nowMs = 5_000;
    expect((await scrape()).samples.filter(({ name }) => name.startsWith("milkrun_queue"))).toEqual([]);
    answers = true;
    expect((await scrape()).byLabel("milkrun_queue_runs")).toHaveProperty("queued");
  });
});
