import type { RunEventDraft } from "@/domain/run-event";
import { attemptFailedLine, attemptLines, sourceCollectedLine, sourceFailedLine } from "@/domain/run-event-lines";
import type { ItemCounts } from "@/domain/run-status";
import { notifyRun } from "./notify";
import { logRuns } from "./run-events";
import { holdLease, type Lease } from "./run-lease";
import type { PendingSource } from "./run-sources";
import type { Tx } from "./transaction";

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
export async function markWaiting(tx: Tx, lease: Lease, sources: readonly WaitingSource[]): Promise<void> {
  await holdLease(tx, lease);
  const marked = await tx.$executeRaw`
    update run_source rs set waiting_at = clock_timestamp() - w."waitedMs" * interval '1 millisecond'
    from jsonb_to_recordset(${JSON.stringify(sources)}::jsonb) as w("runSourceId" uuid, "waitedMs" float8)
    where rs.id = w."runSourceId" and rs.org_id = ${lease.orgId}::uuid and rs.run_id = ${lease.runId}::uuid
      and rs.status = 'queued' and rs.attempts = 0 and rs.waiting_at is null`;
  if (marked > 0) await notifyRun(tx, lease.orgId, lease.runId);
}

export interface BegunAttempt {
  /** Its number in this run, from 1: said and not counted up, so that doing it again changes nothing. */
  attempt: number;
  /** For its turn at the site, in milliseconds. */
  waitedMs: number;
}

/**
 * Records that an attempt begins.
 * @throws LeaseLostError
 */
export async function markFetching(tx: Tx, lease: Lease, source: PendingSource, begun: BegunAttempt): Promise<void> {
  await holdLease(tx, lease);
  const marked = await tx.$executeRaw`
    update run_source set status = 'fetching', attempts = ${begun.attempt}, retry_at = null, started_at = coalesce(started_at, clock_timestamp()),
      http_status = null, error_code = null, message = null
    where id = ${source.runSourceId}::uuid and (status, attempts, retry_at is null) is distinct from ('fetching'::run_source_status, ${begun.attempt}::int, true)`;
  if (marked > 0) await log(tx, lease, ...attemptLines(source.sourceId, begun));
}

function log(tx: Tx, { orgId, runId }: Lease, ...lines: RunEventDraft[]): Promise<void> {
  return logRuns(tx, [{ orgId, runId, lines }]);
}

interface CollectedOutcome {
  status: "succeeded" | "not_modified";
  counts: ItemCounts;
  httpStatus: number;
  wireBytes: number;
  validators: { etag?: string; lastModified?: string };
  message: string | null;
}

/** Records that the source was collected. The caller holds the lease and has saved the items, in the same transaction. */
export async function recordCollected(tx: Tx, lease: Lease, source: PendingSource, outcome: CollectedOutcome): Promise<void> {
  const { newCount, changedCount, unchangedCount, goneCount } = outcome.counts;
  const recorded = await tx.$executeRaw`
    update run_source set status = ${outcome.status}::run_source_status, finished_at = clock_timestamp(), http_status = ${outcome.httpStatus},
      wire_bytes = ${outcome.wireBytes}, new_count = ${newCount}, changed_count = ${changedCount}, unchanged_count = ${unchangedCount},
      gone_count = ${goneCount},      retry_at = null, error_code = null, message = ${outcome.message}
    where id = ${source.runSourceId}::uuid and status in ('queued', 'fetching')`;
  if (recorded === 0) return;
  const { etag, lastModified } = outcome.validators;
  await tx.$executeRaw`
    update source set last_success_at = clock_timestamp(), consecutive_failures = 0, last_failure_message = null, crash_count = 0,
      etag = coalesce(${etag ?? null}, case when ${outcome.status} = 'not_modified' then etag end),
      last_modified = coalesce(${lastModified ?? null}, case when ${outcome.status} = 'not_modified' then last_modified end)
    where org_id = ${lease.orgId}::uuid and id = ${source.sourceId}::uuid`;
  await log(tx, lease, sourceCollectedLine(source.sourceId, outcome));
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
export async function recordRetry(tx: Tx, lease: Lease, source: PendingSource, failure: Failure & { waitMs: number }): Promise<void> {
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
export async function recordFailed(tx: Tx, lease: Lease, source: PendingSource, failure: Failure): Promise<void> {
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
