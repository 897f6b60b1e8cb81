import { EXPORT_KEPT_DAYS } from "@/domain/large-export";
import { Prisma } from "@/generated/prisma/client";
import type { Database } from "./client";
import { pruneMessages } from "./left-messages";
import { TESTS_KEPT_FOR } from "./source-tests";
import type { Tx } from "./transaction";

/** Which runs are kept: those that ended within so many days and are among the newest so many of their organization. */
export interface RetentionRules {
  olderThanDays: number;
  keepPerOrganization: number;
}

interface PruneOptions extends RetentionRules {
  /** Runs deleted in one transaction. */
  batch?: number;
  /** Rows that go with runs, deleted in one transaction. */
  rows?: number;
  /** Aborted: the batch under way is the last. */
  signal?: AbortSignal;
}

const BATCH = 1_000;
/** One run's log alone has up to 20,000: a transaction that takes too long is rolled back, and would be every time. */
const ROWS = 10_000;
const ORGANIZATIONS_AT_ONCE = 500;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/**
 * Deletes the runs that the rules no longer keep, with what is told of their sources; items stay, and so does every run that is queued
 * or running. Short transactions that touch nothing but ended runs, so that nobody waits for them. Several processes may do it at
 * once: what one of them is deleting the others pass over. Returns how many runs this call deleted.
 */
export async function pruneRuns(db: Database, options: PruneOptions): Promise<number> {
  let pruned = 0;
  let after = BEFORE_ALL;
  while (!options.signal?.aborted) {
    const organizations = await listOrganizations(db, after);
    const last = organizations.at(-1);
    if (last === undefined) break;
    pruned += await pruneOrganizations(db, organizations, options);
    after = last;
  }
  return pruned;
}

async function listOrganizations(db: Database, after: string): Promise<string[]> {
  const rows = await db.system.$queryRaw<{ id: string }[]>`
    select id from organization where id > ${after}::uuid order by id limit ${ORGANIZATIONS_AT_ONCE}`;
  return rows.map((row) => row.id);
}

async function pruneOrganizations(db: Database, organizations: readonly string[], options: PruneOptions): Promise<number> {
  let pruned = 0;
  for (;;) {
    const { deleted, isLast } = await db.withSystem((tx) => pruneBatch(tx, organizations, options));
    pruned += deleted;
    if (isLast || options.signal?.aborted) return pruned;
  }
}

async function pruneBatch(tx: Tx, organizations: readonly string[], options: PruneOptions): Promise<{ deleted: number; isLast: boolean }> {
  const { batch = BATCH, rows = ROWS } = options;
  const found = await findPrunable(tx, organizations, options, batch);
  const held = await holdRuns(tx, found);
  // With none held another process is at these runs.
  if (held.length === 0) return { deleted: 0, isLast: true };
  if (!(await emptyRuns(tx, held, rows))) return { deleted: 0, isLast: false };
  return { deleted: await tx.$executeRaw`delete from run where id = any(${held}::uuid[])`, isLast: found.length < batch };
}

/**
 * Goes organization by organization, because each has an index by age and by number. A run with fewer than so many newer ones may have
 * a number that is lower by more: numbers have gaps, so the rows are counted, but only where the numbers say that it may be worth it.
 */
async function findPrunable(tx: Tx, organizations: readonly string[], rules: RetentionRules, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select prunable.id from organization o cross join lateral (
      (select r.id from run r
       where r.org_id = o.id and r.queued_at < now() - ${rules.olderThanDays} * interval '1 day'
         and r.finished_at < now() - ${rules.olderThanDays} * interval '1 day'
       order by r.queued_at, r.id limit ${limit})
      union
      (select r.id from run r
       where r.org_id = o.id and r.finished_at is not null
         and (select min(number) from run where org_id = o.id) <= o.last_run_number - ${rules.keepPerOrganization}
         and r.number <= (select number from run where org_id = o.id order by number desc offset ${rules.keepPerOrganization} limit 1)
       order by r.number limit ${limit})
    ) as prunable
    where o.id = any(${[...organizations]}::uuid[]) limit ${limit}`;
  return rows.map((row) => row.id);
}

/** A run that has ended never begins again. */
async function holdRuns(tx: Tx, runs: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from run where id = any(${[...runs]}::uuid[]) and finished_at is not null for update skip locked`;
  return rows.map((row) => row.id);
}

const ROWS_OF_RUNS = [Prisma.sql`item_change`, Prisma.sql`run_event`, Prisma.sql`run_source`];

/** Deletes what goes with the runs, `most` rows at most. True when nothing is left of it. */
async function emptyRuns(tx: Tx, runs: readonly string[], most: number): Promise<boolean> {
  let left = most;
  for (const table of ROWS_OF_RUNS) {
    left -= await tx.$executeRaw`
      delete from ${table} where ctid = any(array(
        select c.ctid from run r join ${table} c on c.org_id = r.org_id and c.run_id = r.id where r.id = any(${[...runs]}::uuid[]) limit ${left}))`;
  }
  return left > 0;
}

const LEFT_OVER_AFTER = "1 day";
/** People see what became of a link for so long. */
const LINKS_KEPT_FOR = "30 days";

/**
 * Deletes what was only meant for a moment and that nobody came back for: source tests, sign-ins that ran out, turns at hosts, robots.txt
 * files that nobody asked for again, exported files whose days are over, links that ended, and work that gave up; and notifications that were
 * sent a month ago.
 */
export async function pruneLeftovers(db: Database): Promise<void> {
  await db.withSystem(async (tx) => {
    await tx.$executeRaw`delete from source_test where created_at < now() - ${TESTS_KEPT_FOR}::interval`;
    await tx.$executeRaw`delete from session where expires_at < now() - ${LEFT_OVER_AFTER}::interval`;
    await tx.$executeRaw`delete from verification where expires_at < now() - ${LEFT_OVER_AFTER}::interval`;
    await tx.$executeRaw`
      delete from rate_limit where last_request < (extract(epoch from now() - ${LEFT_OVER_AFTER}::interval) * 1000)::bigint`;
    await tx.$executeRaw`
      delete from host_turn where greatest(open_at, held_until, closed_until) < now() - ${LEFT_OVER_AFTER}::interval`;
    await tx.$executeRaw`
      delete from robots_file where greatest(read_at, failed_at) < now() - 2 * ${LEFT_OVER_AFTER}::interval`;
    await tx.$executeRaw`
      delete from item_export where expires_at < now() or (expires_at is null and finished_at < now() - ${EXPORT_KEPT_DAYS}::int * interval '1 day')`;
    await tx.$executeRaw`delete from item_link where least(expires_at, revoked_at) < now() - ${LINKS_KEPT_FOR}::interval`;
    await tx.$executeRaw`
      select count(*) from graphile_worker.complete_jobs(array(
        select id from graphile_worker.jobs
        where attempts >= max_attempts and locked_at is null and updated_at < now() - ${LEFT_OVER_AFTER}::interval))`;
  });
  await db.withSystem(pruneMessages);
}
