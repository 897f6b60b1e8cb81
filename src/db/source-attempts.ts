import type { RunEventDraft } from "@/domain/run-event";
import { attemptFailedLine, attemptLines, sourceCollectedLine, sourceFailedLine } from "@/domain/run-event-lines";
import type { ItemCounts } from "@/domain/run-status";
import type { Reading } from "@/domain/source-reading";
import { keptPlan } from "./kept-plan";
import { notifyRun } from "./notify";
import { logRuns } from "./run-events";
import { holdLease, type Lease } from "./run-lease";
import type { PendingSource } from "./run-sources";
import type { SqlTx } from "./transaction";

// Each of these comes to the same when it is done twice, because the answer of its commit got lost: the second time finds the row as it
// should be, and writes no line into the log.

/** A source that has waited for its turn at its site for so long. */
interface WaitingSource {
  runSourceId: string;
  waitedMs: number;
}

/**
 * Records which sources wait for their turn at their site; those that have begun by now are passed over.
 * @throws LeaseLostError
 */
export async function markWaiting(tx: SqlTx, lease: Lease, sources: readonly WaitingSource[]): Promise<void> {
  await holdLease(tx, lease);
  const marked = await tx.$executeRaw`
    update run_source rs set waiting_at = clock_timestamp() - w."waitedMs" * interval '1 millisecond'
    from jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) as w("runSourceId" uuid, "waitedMs" float8)
    where rs.id = w."runSourceId" and rs.org_id = ${lease.orgId}::uuid and rs.run_id = ${lease.runId}::uuid
      and rs.status = 'queued' and rs.attempts = 0 and rs.waiting_at is null`;
  if (marked > 0) await notifyRun(tx, lease.orgId, lease.runId);
}

/** An attempt that begins. */
export interface BegunAttempt {
  source: PendingSource;
  /** Its number in this run, from 1: said and not counted up, so that doing it again changes nothing. */
  attempt: number;
  /** For its turn at the site, in milliseconds. */
  waitedMs: number;
}

/** A source that was collected, with what became of its items. */
export interface CollectedSource {
  source: PendingSource;
  status: "succeeded" | "not_modified";
  counts: ItemCounts;
  httpStatus: number;
  wireBytes: number;
  reading: Reading;
  message: string | null;
}

/**
 * Locks sources before several of them are written, in the order in which edits of many lock them: items lock their source too, and two who
 * have one of each other's wait for ever. Hold the run first.
 */
export async function lockSources(tx: SqlTx, { orgId }: Lease, collected: readonly Pick<CollectedSource, "source">[]): Promise<void> {
  const ids = collected.map(({ source }) => source.sourceId);
  await tx.$executeRaw(keptPlan`select 1 from source where org_id = ${orgId}::uuid and id = any(${ids}::uuid[]) order by id for no key update`);
}

/**
 * Records which sources were collected and which attempts begin, all of them at once. The caller holds the lease and has saved the items, in
 * the same transaction.
 */
export async function recordProgress(
  tx: SqlTx,
  lease: Lease,
  { collected = [], begun = [] }: { collected?: readonly CollectedSource[]; begun?: readonly BegunAttempt[] },
): Promise<void> {
  const ended = collected.length > 0 ? await recordCollected(tx, lease, collected) : [];
  const began = begun.length > 0 ? await markFetching(tx, begun) : [];
  const lines = [
    ...collected.filter(({ source }) => ended.includes(source.runSourceId)).map((one) => sourceCollectedLine(one.source.sourceId, one)),
    ...begun.filter(({ source }) => began.includes(source.runSourceId)).flatMap((one) => attemptLines(one.source.sourceId, one)),
  ];
  if (lines.length > 0) await log(tx, lease, ...lines);
}

/** Gives the rows that were not marked before. */
async function markFetching(tx: SqlTx, begun: readonly BegunAttempt[]): Promise<string[]> {
  // As arrays, of which the database knows how long they are: it looks the rows up, however many others there are.
  const [ids, attempts] = [begun.map(({ source }) => source.runSourceId), begun.map(({ attempt }) => attempt)];
  const marked = await tx.$queryRaw<{ id: string }[]>(keptPlan`
    update run_source rs set status = 'fetching', attempts = b.attempt, retry_at = null, started_at = coalesce(rs.started_at, clock_timestamp()),
      http_status = null, error_code = null, message = null
    from unnest(${ids}::uuid[], ${attempts}::int[]) as b(id, attempt)
    where rs.id = b.id and (rs.status, rs.attempts, rs.retry_at is null) is distinct from ('fetching'::run_source_status, b.attempt, true)
    returning rs.id`);
  return marked.map(({ id }) => id);
}

/** Gives the rows that had no outcome before. */
async function recordCollected(tx: SqlTx, { orgId, runId }: Lease, collected: readonly CollectedSource[]): Promise<string[]> {
  const ids = collected.map(({ source }) => source.runSourceId);
  const outcomes = collected.map(({ source: { runSourceId, sourceId, definedAt }, counts, reading, ...outcome }) => ({
    ...{ runSourceId, sourceId, definedAt },
    ...outcome,
    ...counts,
    ...reading,
  }));
  const recorded = await tx.$queryRaw<{ id: string }[]>(keptPlan`
    with outcome as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o("runSourceId" uuid, "sourceId" uuid, "definedAt" timestamptz(3),
        status run_source_status, "httpStatus" int, "wireBytes" int, message text, "newCount" int, "changedCount" int, "unchangedCount" int,
        "goneCount" int, "readAs" text, pages jsonb, pace jsonb)
    ), recorded as (
      update run_source rs set status = o.status, finished_at = clock_timestamp(), http_status = o."httpStatus", wire_bytes = o."wireBytes",
        new_count = o."newCount", changed_count = o."changedCount", unchanged_count = o."unchangedCount", gone_count = o."goneCount",
        retry_at = null, error_code = null, message = o.message
      from outcome o where rs.id = o."runSourceId" and rs.id = any(${ids}::uuid[]) and rs.status in ('queued', 'fetching')
      returning rs.id, rs.source_id
    ), succeeded as (
      update source s set last_success_at = clock_timestamp(), consecutive_failures = 0, last_failure_message = null, crash_count = 0
      from recorded r where s.org_id = ${orgId}::uuid and s.id = r.source_id
      returning s.id, s.updated_at
    ), known as (
      insert into source_reading (org_id, source_id, read_as, pages, pace, whole_read_at, read_at)
      select ${orgId}::uuid, s.id, o."readAs", o.pages, o.pace, coalesce(before.whole_read_at, clock_timestamp()), r.started_at
      from succeeded s join outcome o on o."sourceId" = s.id and o."definedAt" = s.updated_at join run r on r.id = ${runId}::uuid
        left join source_reading before on before.org_id = r.org_id and before.source_id = s.id and o.status = 'not_modified'
      on conflict (org_id, source_id) do update set read_as = excluded.read_as, pages = excluded.pages, pace = excluded.pace,
        read_at = excluded.read_at, whole_read_at = excluded.whole_read_at
    )
    select id from recorded`);
  return recorded.map(({ id }) => id);
}

/** Why an attempt failed. */
export interface Failure {
  code: string;
  /** For the person. */
  message: string;
  httpStatus: number | null;
}

/**
 * Records that the attempt failed and that another one is made after `waitMs`; until then the source has no outcome.
 * @throws LeaseLostError
 */
export async function recordRetry(tx: SqlTx, lease: Lease, source: PendingSource, failure: Failure & { waitMs: number }): Promise<void> {
  await holdLease(tx, lease);
  const recorded = await tx.$executeRaw`
    update run_source set retry_at = clock_timestamp() + ${failure.waitMs} * interval '1 millisecond', http_status = ${failure.httpStatus},
      retry_waits_ms = retry_waits_ms || ${failure.waitMs}::int, error_code = ${failure.code}, message = ${failure.message}
    where id = ${source.runSourceId}::uuid and retry_at is null`;
  if (recorded > 0) await log(tx, lease, attemptFailedLine(source.sourceId, failure));
}

/**
 * Records that the source failed; the run goes on with the others. A second time changes nothing.
 * @throws LeaseLostError
 */
export async function recordFailed(tx: SqlTx, lease: Lease, source: PendingSource, failure: Failure): Promise<void> {
  await holdLease(tx, lease);
  const recorded = await tx.$executeRaw`
    update run_source set status = 'failed', finished_at = clock_timestamp(), retry_at = null, http_status = ${failure.httpStatus},
      error_code = ${failure.code}, message = ${failure.message}
    where id = ${source.runSourceId}::uuid and status = 'fetching'`;
  if (recorded === 0) return;
  await tx.$executeRaw`
    update source set last_failure_at = clock_timestamp(), last_failure_message = ${failure.message}, consecutive_failures = consecutive_failures + 1
    where org_id = ${lease.orgId}::uuid and id = ${source.sourceId}::uuid`;
  await log(tx, lease, sourceFailedLine(source.sourceId, failure));
}

function log(tx: SqlTx, { orgId, runId }: Lease, ...lines: RunEventDraft[]): Promise<void> {
  return logRuns(tx, [{ orgId, runId, lines }]);
}
