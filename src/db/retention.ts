import type { Database } from "./client";
import type { Tx } from "./transaction";

/** Which runs are kept: those that ended within so many days and are among the newest so many of their organization. */
export interface RetentionRules {
  olderThanDays: number;
  keepPerOrganization: number;
}

interface PruneOptions extends RetentionRules {
  /** Runs deleted in one transaction. */
  batch?: number;
  /** Aborted: the batch under way is the last. */
  signal?: AbortSignal;
}

const BATCH = 1_000;
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
  const { batch = BATCH, signal } = options;
  let pruned = 0;
  for (;;) {
    const { found, deleted } = await db.withSystem(async (tx) => {
      const runs = await findPrunable(tx, organizations, options, batch);
      return { found: runs.length, deleted: await deleteRuns(tx, runs) };
    });
    pruned += deleted;
    // With nothing deleted another process is at these runs.
    if (found < batch || deleted === 0 || signal?.aborted) return pruned;
  }
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

async function deleteRuns(tx: Tx, runs: readonly string[]): Promise<number> {
  if (runs.length === 0) return 0;
  // A run that has ended never begins again.
  return tx.$executeRaw`
    delete from run where id in (
      select id from run where id = any(${[...runs]}::uuid[]) and finished_at is not null for update skip locked)`;
}

const LEFT_OVER_AFTER = "1 day";

/**
 * Deletes what was only meant for a moment and that nobody came back for: source tests, sign-ins that ran out, turns at hosts, robots.txt
 * files that nobody asked for again, and work that gave up.
 */
export async function pruneLeftovers(db: Database): Promise<void> {
  await db.withSystem(async (tx) => {
    await tx.$executeRaw`delete from source_test where created_at < now() - ${LEFT_OVER_AFTER}::interval`;
    await tx.$executeRaw`delete from session where expires_at < now() - ${LEFT_OVER_AFTER}::interval`;
    await tx.$executeRaw`delete from verification where expires_at < now() - ${LEFT_OVER_AFTER}::interval`;
    await tx.$executeRaw`
      delete from rate_limit where last_request < (extract(epoch from now() - ${LEFT_OVER_AFTER}::interval) * 1000)::bigint`;
    await tx.$executeRaw`
      delete from host_turn where greatest(open_at, held_until, closed_until) < now() - ${LEFT_OVER_AFTER}::interval`;
    await tx.$executeRaw`
      delete from robots_file where greatest(read_at, failed_at) < now() - 2 * ${LEFT_OVER_AFTER}::interval`;
    await tx.$executeRaw`
      select count(*) from graphile_worker.complete_jobs(array(
        select id from graphile_worker.jobs
        where attempts >= max_attempts and locked_at is null and updated_at < now() - ${LEFT_OVER_AFTER}::interval))`;
  });
}
