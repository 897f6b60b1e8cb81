import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import type { TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { silentLog } from "@/testing/silent-log";
import { withClient } from "./connect";
import { pruneLeftovers, pruneRuns } from "./retention";
import { findRun } from "./runs";

const DAY_MS = 86_400_000;
const RULES = { olderThanDays: 90, keepPerOrganization: 100 };

let db: Database;
let server: TestDatabase;

ownDatabase((own) => {
  ({ db, server } = own);
});

afterEach(() => db.system.run.deleteMany());

interface RunOptions {
  count?: number;
  daysAgo?: number;
  status?: "succeeded" | "skipped" | "missed" | "queued";
  firstNumber?: number;
  blockingRunId?: string;
}

/** Runs of this organization that ended (or wait since) so many days ago, numbered on. Returns their ids. */
async function addRuns({ orgId }: TestOrganization, { count = 1, daysAgo = 0, status = "succeeded", firstNumber, ...rest }: RunOptions): Promise<string[]> {
  const at = new Date((await db.now()).getTime() - daysAgo * DAY_MS);
  const newest = firstNumber ?? (await db.system.organization.findUniqueOrThrow({ where: { id: orgId } })).lastRunNumber + 1;
  const ids = Array.from({ length: count }, () => randomUUID());
  const row = { orgId, status, trigger: "person" as const, limitMs: 1, queuedAt: at, finishedAt: status === "queued" ? null : at, ...rest };
  await db.system.run.createMany({ data: ids.map((id, index) => ({ id, number: newest + index, ...row })) });
  await db.system.organization.update({ where: { id: orgId }, data: { lastRunNumber: newest + count - 1 } });
  return ids;
}

async function kept({ orgId }: TestOrganization): Promise<string[]> {
  return (await db.system.run.findMany({ where: { orgId }, orderBy: { number: "asc" }, select: { id: true } })).map((run) => run.id);
}

/** A run that collected one source and one item. */
async function collect(organization: TestOrganization, runId: string): Promise<void> {
  const [sourceId = ""] = organization.sourceIds;
  const { orgId } = organization;
  await db.system.runSource.create({
    data: { orgId, runId, sourceId, position: 0, name: "Feed", kind: "feed", url: "https://example.org/", status: "succeeded" },
  });
  const [seen, seenIn] = [new Date(), runId];
  const run = { firstSeenAt: seen, firstSeenRunId: seenIn, lastSeenAt: seen, lastSeenRunId: seenIn, lastChangedAt: seen, lastChangedRunId: seenIn };
  await db.system.item.create({ data: { orgId, sourceId, key: "one", fields: {}, contentHash: "", ...run } });
}

describe("pruning by age", () => {
  it("deletes runs that ended too long ago, whatever became of them, and keeps those within the days", async () => {
    const organization = await createOrganization(db);
    for (const status of ["succeeded", "skipped", "missed"] as const) await addRuns(organization, { status, daysAgo: 91 });
    const recent = await addRuns(organization, { daysAgo: 89 });
    expect(await pruneRuns(db, RULES)).toBe(3);
    expect(await kept(organization)).toEqual(recent);
  });

  it("takes what is told of the run's sources and its log along and keeps the items", async () => {
    const organization = await createOrganization(db);
    const [runId = ""] = await addRuns(organization, { daysAgo: 91 });
    await collect(organization, runId);
    await db.system.runEvent.create({ data: { orgId: organization.orgId, runId, number: 1, level: "info", code: "ended", message: "The run ended." } });
    await pruneRuns(db, RULES);
    expect(await db.system.runSource.count({ where: { runId } })).toBe(0);
    expect(await db.system.runEvent.count({ where: { runId } })).toBe(0);
    expect(await db.system.item.count({ where: { firstSeenRunId: runId } })).toBe(1);
  });

  it("never deletes a run that is still active, however old it is", async () => {
    const organization = await createOrganization(db);
    const waiting = await addRuns(organization, { status: "queued", daysAgo: 400 });
    expect(await pruneRuns(db, RULES)).toBe(0);
    expect(await kept(organization)).toEqual(waiting);
  });
});

describe("pruning by count", () => {
  it("keeps the newest runs of each organization by number", async () => {
    const busy = await createOrganization(db);
    const quiet = await createOrganization(db);
    const ids = await addRuns(busy, { count: 130 });
    const few = await addRuns(quiet, { count: 100 });
    expect(await pruneRuns(db, RULES)).toBe(30);
    expect(await kept(busy)).toEqual(ids.slice(30));
    expect(await kept(quiet)).toEqual(few);
  });

  it("counts runs and not numbers, which have gaps", async () => {
    const organization = await createOrganization(db);
    const old = await addRuns(organization, { count: 60 });
    const recent = await addRuns(organization, { count: 60, firstNumber: 5_000 });
    expect(await pruneRuns(db, RULES)).toBe(20);
    expect(await kept(organization)).toEqual([...old.slice(20), ...recent]);
  });

  it("leaves an active run alone that is older than all that are kept", async () => {
    const organization = await createOrganization(db);
    const waiting = await addRuns(organization, { status: "queued" });
    const ids = await addRuns(organization, { count: 110 });
    expect(await pruneRuns(db, RULES)).toBe(10);
    expect(await kept(organization)).toEqual([...waiting, ...ids.slice(10)]);
  });
});

describe("pruning in batches", () => {
  it("goes on until nothing is left to delete, over all organizations", async () => {
    const organizations = [await createOrganization(db), await createOrganization(db), await createOrganization(db)];
    for (const organization of organizations) await addRuns(organization, { count: 25, daysAgo: 91 });
    expect(await pruneRuns(db, { ...RULES, batch: 10 })).toBe(75);
    expect(await db.system.run.count()).toBe(0);
  });

  it("does nothing once it is told to stop", async () => {
    const organization = await createOrganization(db);
    await addRuns(organization, { count: 25, daysAgo: 91 });
    expect(await pruneRuns(db, { ...RULES, batch: 10, signal: AbortSignal.abort() })).toBe(0);
    expect(await db.system.run.count()).toBe(25);
  });

  it("deletes each run once when several processes do it", async () => {
    const organization = await createOrganization(db);
    await addRuns(organization, { count: 300, daysAgo: 91 });
    const other = createDatabase(server.connection, { poolSize: 2, log: silentLog });
    const rules = { ...RULES, batch: 20 };
    const pruned = await Promise.all([pruneRuns(db, rules), pruneRuns(other, rules), pruneRuns(db, rules)]);
    await other.close();
    expect(pruned.reduce((sum, count) => sum + count, 0) + (await db.system.run.count())).toBe(300);
    await pruneRuns(db, rules);
    expect(await db.system.run.count()).toBe(0);
  });

  it("passes over runs that somebody else holds instead of waiting for them", async () => {
    const organization = await createOrganization(db);
    const [held = "", ...others] = await addRuns(organization, { count: 5, daysAgo: 91 });
    await withClient(server.ownerConnection, async (client) => {
      await client.query("begin");
      await client.query("select 1 from run where id = $1 for update", [held]);
      expect(await pruneRuns(db, RULES)).toBe(others.length);
      await client.query("rollback");
    });
    expect(await kept(organization)).toEqual([held]);
    expect(await pruneRuns(db, RULES)).toBe(1);
  });
});

describe("pruning runs that have much to tell", () => {
  const MOST_ROWS = 20;
  const TABLES = ["run_event", "item_change"];

  /** A statement that deletes more rows than that fails, as one would that takes longer than a transaction may. */
  beforeEach(() =>
    withClient(server.ownerConnection, async (client) => {
      await client.query(`
        create function refuse_long() returns trigger language plpgsql as $$
        begin if (select count(*) from gone) > ${MOST_ROWS} then raise 'took too long'; end if; return null; end $$`);
      for (const table of TABLES) {
        await client.query(
          `create trigger refuse_long after delete on ${table} referencing old table as gone for each statement execute function refuse_long()`,
        );
      }
    }),
  );

  afterEach(() => withClient(server.ownerConnection, (client) => client.query("drop function refuse_long() cascade")));

  async function addTold(rows: number) {
    const organization = await createOrganization(db);
    const [{ orgId }, [sourceId = ""]] = [organization, organization.sourceIds];
    for (const runId of await addRuns(organization, { count: 3, daysAgo: 91 })) {
      const numbers = Array.from({ length: rows }, (_, index) => index + 1);
      const line = { orgId, runId, level: "info", code: "ended", message: "The run ended." } as const;
      await db.system.runEvent.createMany({ data: numbers.map((number) => ({ ...line, number })) });
      const change = { orgId, runId, sourceId, fields: [] };
      await db.system.itemChange.createMany({ data: numbers.map((itemId) => ({ ...change, itemId })) });
    }
  }

  const left = async () => [await db.system.run.count(), await db.system.runEvent.count(), await db.system.itemChange.count()];

  it("takes a part of their rows at a time, and the runs when nothing is left of them", async () => {
    await addTold(50);
    expect(await pruneRuns(db, { ...RULES, rows: MOST_ROWS })).toBe(3);
    expect(await left()).toEqual([0, 0, 0]);
  });

  it("control: all at once is rolled back, and nothing is deleted", async () => {
    await addTold(50);
    await expect(pruneRuns(db, { ...RULES, rows: 1_000 })).rejects.toThrow("took too long");
    expect(await left()).toEqual([3, 150, 150]);
  });
});

it("a run that another one points to is deleted, and the other one is still shown", async () => {
  const organization = await createOrganization(db);
  const [blocking = ""] = await addRuns(organization, { daysAgo: 91 });
  const [skipped = ""] = await addRuns(organization, { status: "skipped", blockingRunId: blocking, daysAgo: 89 });
  await pruneRuns(db, RULES);
  const shown = await db.withTenant(organization.orgId, (tx) => findRun(tx, organization.orgId, skipped));
  expect(shown).toMatchObject({ id: skipped, blockingRunNumber: null });
});

it("what was only meant for a moment is deleted a day later, and the audit is kept", async () => {
  const { orgId, userId } = await createOrganization(db);
  for (const days of [0, 2]) {
    await db.system.$executeRaw`
      with at as (select now() - ${days} * interval '1 day' as at),
        test as (insert into source_test (id, org_id, definition, created_at) select gen_random_uuid(), ${orgId}::uuid, '{}', now() - ${days} * interval '6 minutes'),
        verification as (insert into verification (id, identifier, value, expires_at) select gen_random_uuid(), ${`left-${days}`}, 'x', at from at),
        attempts as (insert into rate_limit (id, key, count, last_request) select gen_random_uuid(), ${`left-${days}`}, 1, (extract(epoch from at) * 1000)::bigint from at),
        turns as (insert into host_turn (host, open_at, closed_until) select ${`left-${days}`}, at - interval '2 days', at from at),
        robots as (insert into robots_file (origin, text, read_at) select ${`left-${days}`}, '', at - interval '1 day' from at),
        audit as (insert into audit_entry (org_id, actor_name, action, summary, at) select ${orgId}::uuid, 'Ada', 'run.start', 'Started a run.', at - interval '9 years' from at)
      insert into session (id, user_id, token, expires_at) select gen_random_uuid(), ${userId}::uuid, ${`left-${days}`}, at from at`;
    await db.system.$executeRaw`
      with job as (select (graphile_worker.add_job('test_source', '{}', job_key := ${`left-${days}`}, max_attempts := 1)).id)
      select graphile_worker.permanently_fail_jobs(array(select id from job), 'gave up')`;
    await db.system.$executeRaw`update graphile_worker._private_jobs set updated_at = now() - ${days} * interval '1 day' where key = ${`left-${days}`}`;
  }
  await db.system.$executeRaw`select graphile_worker.add_job('test_source', '{}', job_key := 'waits')`;
  await db.system.$executeRaw`update graphile_worker._private_jobs set updated_at = now() - interval '2 days' where key = 'waits'`;
  await pruneLeftovers(db);
  expect(await db.system.sourceTest.count({ where: { orgId } })).toBe(1);
  expect(await db.system.session.findMany({ where: { userId }, select: { token: true } })).toEqual([{ token: "left-0" }]);
  expect(await db.system.verification.findMany({ select: { identifier: true } })).toEqual([{ identifier: "left-0" }]);
  expect(await db.system.rateLimit.findMany({ select: { key: true } })).toEqual([{ key: "left-0" }]);
  expect(await db.system.hostTurn.findMany({ select: { host: true } })).toEqual([{ host: "left-0" }]);
  expect(await db.system.robotsFile.findMany({ select: { origin: true } })).toEqual([{ origin: "left-0" }]);
  expect(await db.system.auditEntry.count({ where: { orgId } })).toBe(2);
  expect(await db.system.$queryRaw`select key from graphile_worker.jobs order by key`).toEqual([{ key: "left-0" }, { key: "waits" }]);
});
