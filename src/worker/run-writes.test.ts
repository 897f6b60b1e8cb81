import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Database } from "@/db/client";
import { type Lease, LeaseLostError, takeRun } from "@/db/run-lease";
import { listPendingSources, type PendingSource, snapshotSources } from "@/db/run-sources";
import type { Tx } from "@/db/transaction";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { NO_READING } from "@/testing/scripted-collection";
import { silentLog } from "@/testing/silent-log";
import { until } from "@/testing/until";
import { createRunWrites, type RunWrites } from "./run-writes";

let db: Database;
ownDatabase(async (own) => {
  db = own.db;
});

/** A process, with what it warns of. */
function startProcess() {
  const warnings: object[] = [];
  const log = Object.assign(Object.create(silentLog), { warn: (details: object) => warnings.push(details) });
  return { warnings, writesOf: createRunWrites({ db, log }) };
}

const newOrganization = () => createOrganization(db, { urls: ["https://a.example/", "https://b.example/"] });

interface HeldRun {
  lease: Lease;
  writes: RunWrites;
  /** The one with the lower id first. */
  first: PendingSource;
  second: PendingSource;
}

/** A run of two sources that the process holds. */
async function holdRun({ writesOf }: ReturnType<typeof startProcess>, { orgId, presetId }: TestOrganization): Promise<HeldRun> {
  const { id: runId } = await db.system.run.create({ data: { orgId, number: 1, trigger: "person", status: "queued", limitMs: 60_000, presetId } });
  const lease: Lease = { orgId, runId, token: randomUUID() };
  const pending = await db.withSystem(async (tx) => {
    await takeRun(tx, runId, { workerId: randomUUID(), token: lease.token });
    await snapshotSources(tx, lease, presetId);
    return listPendingSources(tx, lease);
  });
  const [first, second] = pending.toSorted((one, other) => (one.sourceId < other.sourceId ? -1 : 1));
  if (!first || !second) throw new Error("The run lacks a source.");
  return { lease, writes: writesOf(lease), first, second };
}

/** So many runs of organizations of their own that write together: every other one, as a process has two pipelines. */
async function holdRuns(process: ReturnType<typeof startProcess>, count: number): Promise<HeldRun[]> {
  const held: HeldRun[] = [];
  for (let nth = 0; nth < 2 * count; nth++) held.push(await holdRun(process, await newOrganization()));
  return held.filter((_, nth) => nth % 2 === 0);
}

const lock = (tx: Tx, sourceId: string) => tx.$executeRaw`select 1 from source where id = ${sourceId}::uuid for update`;
const countWaiting = (tx: Tx) => tx.$queryRaw<unknown[]>`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
const somebodyWaits = () =>
  until(
    db,
    () => countWaiting(db.system),
    (waiting) => waiting.length > 0,
  );

const outcome = { httpStatus: 200, wireBytes: 1, reading: NO_READING, message: null, isWhole: true };
const store = ({ writes }: HeldRun, source: PendingSource, keys: readonly string[] = ["one"]) =>
  writes.store({ ...outcome, source, status: "succeeded", items: keys.map((key) => ({ key, fields: {}, contentHash: "a" })) });

const statusesOf = async ({ lease: { runId } }: HeldRun) =>
  (await db.system.runSource.findMany({ where: { runId }, select: { status: true } })).map(({ status }) => status).sort();
/** In which transactions the items of these runs were written: PostgreSQL keeps it with each row. */
const transactionsOf = (...runs: HeldRun[]) =>
  db.system.$queryRaw<{ xmin: string }[]>`
    select distinct xmin::text from item where last_seen_run_id = any(${runs.map(({ lease }) => lease.runId)}::uuid[])`;

it("several sources are stored together while somebody edits both, and neither waits for the other for ever", async () => {
  const process = startProcess();
  const run = await holdRun(process, await newOrganization());
  const { storing } = await db.withSystem(async (edit) => {
    await lock(edit, run.first.sourceId);
    const storing = Promise.all([store(run, run.second), run.writes.store({ ...outcome, source: run.first, status: "not_modified", items: [] })]);
    await somebodyWaits();
    await lock(edit, run.second.sourceId);
    return { storing };
  });
  await storing;
  expect(process.warnings).toEqual([]);
  expect(await statusesOf(run)).toEqual(["not_modified", "succeeded"]);
});

it("what several runs of a process have to say is written in one transaction, each under its own run", async () => {
  const process = startProcess();
  const [one, other] = (await holdRuns(process, 2)) as [HeldRun, HeldRun];
  await Promise.all([store(one, one.first, ["a", "b"]), store(other, other.first, ["a"]), one.writes.begin({ source: one.second, attempt: 1, waitedMs: 0 })]);
  expect(await transactionsOf(one, other)).toHaveLength(1);
  expect(await statusesOf(one)).toEqual(["fetching", "succeeded"]);
  expect(await statusesOf(other)).toEqual(["queued", "succeeded"]);
  const stored = async ({ lease: { orgId } }: HeldRun) =>
    (await db.withTenant(orgId, (tx) => tx.item.findMany({ orderBy: { key: "asc" }, select: { key: true, lastSeenRunId: true } }))).map(Object.values);
  expect(await stored(one)).toEqual(["a", "b"].map((key) => [key, one.lease.runId]));
  expect(await stored(other)).toEqual([["a", other.lease.runId]]);
});

it("a run whose source somebody has locked waits for them alone; one that is lost is told so alone", async () => {
  const process = startProcess();
  const [waiting, lost, other] = (await holdRuns(process, 3)) as [HeldRun, HeldRun, HeldRun];
  await db.system.run.update({ where: { id: lost.lease.runId }, data: { leaseToken: randomUUID() } });
  const { storing } = await db.withSystem(async (edit) => {
    await lock(edit, waiting.first.sourceId);
    const storing = store(waiting, waiting.first);
    const [refused] = await Promise.allSettled([store(lost, lost.first), store(other, other.first)]);
    expect(refused).toMatchObject({ status: "rejected", reason: expect.any(LeaseLostError) });
    expect(await statusesOf(other)).toEqual(["queued", "succeeded"]);
    await somebodyWaits();
    return { storing };
  });
  await storing;
  expect(await statusesOf(waiting)).toEqual(["queued", "succeeded"]);
  expect(await statusesOf(lost)).toEqual(["queued", "queued"]);
});

it("what the database refuses of one run fails alone", async () => {
  const process = startProcess();
  const [one, other] = (await holdRuns(process, 2)) as [HeldRun, HeldRun];
  const [refused, stored] = await Promise.allSettled([store(one, one.first, ["a\u0000"]), store(other, other.first)]);
  expect([refused.status, stored.status]).toEqual(["rejected", "fulfilled"]);
  expect(await statusesOf(other)).toEqual(["queued", "succeeded"]);
  expect(await statusesOf(one)).toEqual(["queued", "queued"]);
});
