import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import type { TestDatabase } from "@/testing/database";
import { createOrganization, type RunRow, recordRun } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { silentLog } from "@/testing/silent-log";
import type { Database } from "./client";
import { beat } from "./heartbeat";
import { listIncidents } from "./incidents";
import { createLiveness } from "./liveness";

const MINUTE_MS = 60_000;

let db: Database;
let server: TestDatabase;
/** On the step by which incidents are gathered, an hour ago at least. */
let hourAgo: number;

ownDatabase((own) => {
  ({ db, server } = own);
});

beforeEach(async () => {
  await db.system.run.deleteMany();
  await db.system.heartbeat.deleteMany();
  hourAgo = Math.floor(((await db.now()).getTime() - 60 * MINUTE_MS) / (5 * MINUTE_MS)) * 5 * MINUTE_MS;
});

async function record(at: number, row: RunRow) {
  await recordRun(db, await createOrganization(db), { trigger: "person", queuedAt: new Date(at), ...row });
}

const incidents = () => db.withSystem(listIncidents);

it("the slots that a scheduler found missed when it came back are one incident, over all organizations", async () => {
  const due = (minutesAgo: number) => new Date(hourAgo - minutesAgo * MINUTE_MS);
  const missed = (slotAt: Date, changes: RunRow): RunRow => ({
    trigger: "schedule",
    status: "missed",
    scheduleId: randomUUID(),
    slotAt,
    ...changes,
  });
  await record(hourAgo, missed(due(120), { missedCount: 1 }));
  await record(hourAgo + 1_000, missed(due(90), { missedCount: 10, spanStartAt: due(180) }));
  await record(hourAgo - 600 * MINUTE_MS, missed(due(700), { missedCount: 2, spanStartAt: due(710) }));
  expect(await incidents()).toEqual([
    { kind: "missed", at: new Date(hourAgo + 1_000), fromAt: due(180), untilAt: due(90), slots: 11, schedules: 2 },
    { kind: "missed", at: new Date(hourAgo - 600 * MINUTE_MS), fromAt: due(710), untilAt: due(700), slots: 2, schedules: 1 },
  ]);
});

it("runs that lost their workers are told apart from those that were given up, and runs that went well are left out", async () => {
  await record(hourAgo, { crashCount: 1 });
  await record(hourAgo + 2_000, { crashCount: 1, status: "failed" });
  await record(hourAgo + 1_000, { crashCount: 2, status: "abandoned" });
  await record(hourAgo, {});
  await record(hourAgo, { status: "failed" });
  expect(await incidents()).toEqual([
    { kind: "interrupted", at: new Date(hourAgo + 2_000), runs: 2 },
    { kind: "abandoned", at: new Date(hourAgo + 1_000), runs: 1 },
  ]);
});

it("what is older than a week is left out", async () => {
  await record(hourAgo - 7 * 24 * 60 * MINUTE_MS, { status: "abandoned", crashCount: 2 });
  expect(await incidents()).toEqual([]);
});

it("a process that went without a word is told of beside those that began", async () => {
  const report = {
    version: "1",
    roles: ["scheduler" as const],
    startedAt: new Date(hourAgo),
    clockSkewMs: 0,
    armedWakeUps: 0,
    nextWakeUpAt: null,
    activeRuns: 0,
  };
  const [gone, alive] = [randomUUID(), randomUUID()];
  await beat(db, { ...report, instanceId: gone, host: "gone", pid: 1, holdReason: null, disk: null });
  await beat(db, { ...report, instanceId: alive, host: "alive", pid: 2, holdReason: null, disk: null });
  const liveness = createLiveness(server.connection, alive, silentLog);
  await liveness.start();
  expect(await incidents()).toMatchObject([
    { kind: "gone", process: "gone, 1", roles: ["scheduler"] },
    { kind: "started", process: "alive, 2", at: new Date(hourAgo) },
  ]);
  await liveness.stop();
});

it("goes by the index of what went wrong", async () => {
  const plan = await db.withSystem(async (tx) => {
    await tx.$executeRaw`set local enable_seqscan = off`;
    return tx.$queryRaw<object[]>`explain select queued_at from run where status = 'missed' and queued_at > now() - interval '7 days'`;
  });
  expect(JSON.stringify(plan)).toContain("run_incidents");
});
