import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** The names that the worker knows its work by. */
export const EXECUTE_RUN = "execute_run";
export const TEST_SOURCE = "test_source";
export const TEST_DRAFT = "test_draft";
export const JUDGE_EVENTS = "judge_events";
export const SEND_MESSAGES = "send_messages";
export const WRITE_EXPORT = "write_export";
/** All of them; what is queued names rows by their ids and holds nothing else. */
export const QUEUED_WORK = [EXECUTE_RUN, TEST_SOURCE, TEST_DRAFT, JUDGE_EVENTS, SEND_MESSAGES, WRITE_EXPORT] as const;

/**
 * An expression that queues the runs whose ids (as text) `runIds` selects, and gives their number.
 * Queueing a run anew replaces what was queued for it, also what a dead worker still holds.
 */
export const addRunJobs = (runIds: Prisma.Sql) => Prisma.sql`(
  select count(*) from (select array(
    select (${EXECUTE_RUN}, json_build_object('runId', id), null, null, 10, 'run:' || id, 0, null)::graphile_worker.job_spec from (${runIds}) as runs
  ) as specs) as wanted, graphile_worker.add_jobs(specs) where cardinality(specs) > 0)`;

/** Queues the runs in the caller's transaction: they are worked on when it commits, and never if it does not. */
export async function enqueueRuns(tx: Tx, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  await tx.$executeRaw`select ${addRunJobs(Prisma.sql`select unnest(${[...runIds]}::text[]) as id`)}`;
}

/** Queues a test of a source, or of a channel with values that are not saved, ahead of everything else: a person is waiting for it. */
export async function enqueueTest(tx: Tx, work: typeof TEST_SOURCE | typeof TEST_DRAFT, testId: string): Promise<void> {
  await tx.$executeRaw`
    select (graphile_worker.add_job(${work}, json_build_object('testId', ${testId}::text), max_attempts := 1, priority := -10)).id`;
}

/**
 * An expression that queues the organizations in `written`, once each, to have their rules held against what was announced. Under no key:
 * who queues under the same one waits for the other's transaction, and an announcement is made by those who hold runs and by those who hold
 * schedules.
 */
export const addEventJobs = Prisma.sql`(
  select count(*) from (select distinct org_id as id from written) org,
    graphile_worker.add_job(${JUDGE_EVENTS}, json_build_object('orgId', org.id)))`;

/** Queues organizations again, for what was left. */
export async function enqueueEvents(tx: Tx, orgIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    select count(*) from (select id from unnest(${[...orgIds]}::text[]) as id order by id) org,
      graphile_worker.add_job(${JUDGE_EVENTS}, json_build_object('orgId', org.id), job_key := 'events:' || org.id)`;
}

/**
 * Queues the channel for when the earliest of what waits on it may be sent, in the place of what was queued for it; nothing where nothing
 * waits. After an attempt that failed the channel rests: until then only tests are sent. In the order of their ids: who queues under the same
 * key waits for the other's transaction.
 */
export async function enqueueChannels(tx: Tx, channelIds: readonly string[]): Promise<void> {
  if (channelIds.length === 0) return;
  await tx.$executeRaw`
    select count(*) from (
      select c.id, min(case when d.is_test then d.due_at else greatest(d.due_at, c.rest_until) end) as due_at
      from notification_channel c join delivery d on d.org_id = c.org_id and d.channel_id = c.id
      where c.id = any(${[...channelIds]}::uuid[]) and (d.status = 'waiting' or d.status = 'queued' or d.status = 'retrying')
      group by c.id order by c.id) due, graphile_worker.add_job(${SEND_MESSAGES}, json_build_object('channelId', due.id), job_key := 'channel:' || due.id, run_at := due.due_at)`;
}

/** Queues exports. Queueing one anew replaces what was queued for it. */
export async function enqueueExports(tx: Tx, exportIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    select graphile_worker.add_job(${WRITE_EXPORT}, json_build_object('exportId', id), job_key := 'export:' || id, max_attempts := 10)
    from unnest(${[...exportIds]}::text[]) as id`;
}

/**
 * Removes what dead workers still hold in the queue for runs that have ended or that were queued anew; the queue itself would keep it
 * for 4 hours. A worker that lives and is just letting go of it misses nothing.
 */
export async function removeLeftJobs(tx: Tx): Promise<number> {
  return tx.$executeRaw`
    delete from graphile_worker._private_jobs j using run r
    where j.locked_at is not null and r.id = (j.payload ->> 'runId')::uuid and (j.key is null or r.status not in ('queued', 'running'))`;
}
