import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

// What names no organization spans all of them and needs a transaction that sees them.

/** The runs that wait and those that are worked on. */
export interface QueueDepth {
  queuedRuns: number;
  runningRuns: number;
  /** How long the longest-waiting run has been in the queue, in milliseconds; null when none waits. */
  longestWaitMs: number | null;
}

/** What the System page shows of the database and of the queue. */
export interface SystemFacts extends QueueDepth {
  databaseTime: Date;
  postgresVersion: string;
  databaseBytes: number;
  /** Items whose words are yet to be put into the index of the search. */
  unindexedItems: number;
  /** The time zone data that the next slots were computed with; null when no scheduler has said. */
  slotsTimeZoneData: string | null;
}

/** Served by the partial index of active runs, however many runs there are. */
export async function readQueueDepth(tx: Tx): Promise<QueueDepth> {
  const [row] = await tx.$queryRaw<[QueueDepth]>`
    select count(*) filter (where status = 'queued')::int as "queuedRuns", count(*) filter (where status = 'running')::int as "runningRuns",
      (extract(epoch from clock_timestamp() - min(queued_at) filter (where status = 'queued')) * 1000)::float8 as "longestWaitMs"
    from run where status = 'queued' or status = 'running'`;
  return row;
}

export async function readSystemFacts(tx: Tx): Promise<SystemFacts> {
  const [row] = await tx.$queryRaw<[Omit<SystemFacts, keyof QueueDepth | "databaseBytes"> & { databaseBytes: bigint }]>`
    select clock_timestamp() as "databaseTime", current_setting('server_version') as "postgresVersion",
      pg_database_size(current_database()) as "databaseBytes", app.unindexed_count() as "unindexedItems",
      (select time_zone_data from installation) as "slotsTimeZoneData"`;
  return { ...row, databaseBytes: Number(row.databaseBytes), ...(await readQueueDepth(tx)) };
}

/** A run that a worker holds. */
export interface HeldRun {
  id: string;
  orgId: string;
  number: number;
  /** The process that holds it. */
  instanceId: string;
  startedAt: Date;
  sourceCount: number;
  /** With an outcome. */
  doneSourceCount: number;
}

const MOST_HELD_RUNS = 200;

/** The runs that are worked on, the longest first; 200 at most. */
export async function listHeldRuns(tx: Tx): Promise<HeldRun[]> {
  return tx.$queryRaw`
    select r.id, r.org_id as "orgId", r.number, r.worker_id as "instanceId", r.started_at as "startedAt", s.count as "sourceCount", s.done as "doneSourceCount"
    from (
      select * from run where status = 'running' and worker_id is not null and started_at is not null order by started_at limit ${MOST_HELD_RUNS}
    ) r cross join lateral (
      select count(*)::int as count, count(*) filter (where status in ('succeeded', 'not_modified', 'not_due', 'failed'))::int as done
      from run_source where org_id = r.org_id and run_id = r.id
    ) s order by r.started_at`;
}

/** An instant at which slots are dispatched, and of how many schedules. */
export interface DueInstant {
  at: Date;
  schedules: number;
}

const DUE_INSTANTS = 20;

/** The next 20 instants at which a schedule is due, the past ones that nobody has dispatched yet included. */
export async function listDueInstants(tx: Tx): Promise<DueInstant[]> {
  return tx.$queryRaw`
    select due_at as at, count(*)::int as schedules from schedule
    where enabled and due_at is not null group by due_at order by due_at limit ${DUE_INSTANTS}`;
}

/** How collecting from the web has gone lately. */
export interface CollectingFacts {
  /** When a source was last collected well; null when none ever was. */
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  /** Sources whose last success, and sources whose last failure with no success since, was within the last hour. */
  succeeding: number;
  failing: number;
}

/**
 * Nothing is asked of any site: what the last runs found is told.
 * @param orgId Whose sources are looked at. Without it all are, one by one: for what is asked rarely.
 */
export async function readCollectingFacts(tx: Tx, orgId?: string): Promise<CollectingFacts> {
  const [row] = await tx.$queryRaw<[CollectingFacts]>`
    select max(last_success_at) as "lastSuccessAt", max(last_failure_at) as "lastFailureAt",
      count(*) filter (where last_success_at > clock_timestamp() - interval '1 hour' and consecutive_failures = 0)::int as succeeding,
      count(*) filter (where last_failure_at > clock_timestamp() - interval '1 hour' and consecutive_failures > 0)::int as failing
    from source ${orgId === undefined ? Prisma.empty : Prisma.sql`where org_id = ${orgId}::uuid`}`;
  return row;
}
