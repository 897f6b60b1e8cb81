import type { ItemCounts } from "@/domain/run-status";
import type { SourceDefinition } from "@/domain/source";
import { notifyRun } from "./notify";
import { holdLease, type Lease } from "./run-lease";
import type { Tx } from "./transaction";

/** A source that a run still has to collect, with what its site said last time. */
export interface PendingSource {
  runSourceId: string;
  sourceId: string;
  definition: SourceDefinition;
  validators: { etag?: string; lastModified?: string };
}

/**
 * Writes down the run's sources as they are defined now; a resumed run has them already.
 * @throws LeaseLostError
 */
export async function snapshotSources(tx: Tx, lease: Lease, presetId: string | null): Promise<void> {
  await holdLease(tx, lease);
  await tx.$executeRaw`
    insert into run_source (id, org_id, run_id, source_id, position, name, kind, url)
    select gen_random_uuid(), p.org_id, ${lease.runId}::uuid, s.id, p.position, s.name, s.kind, s.url
    from preset_source p join source s on s.org_id = p.org_id and s.id = p.source_id
    where p.org_id = ${lease.orgId}::uuid and p.preset_id = ${presetId}::uuid and s.enabled
      and not exists (select 1 from run_source known where known.org_id = p.org_id and known.run_id = ${lease.runId}::uuid)`;
}

/** The run's sources that have no outcome yet, in the preset's order. */
export async function listPendingSources(tx: Tx, lease: Lease): Promise<PendingSource[]> {
  const rows = await tx.$queryRaw<
    { runSourceId: string; sourceId: string; name: string; kind: string; url: string; config: unknown; etag: string | null; lastModified: string | null }[]
  >`
    select rs.id as "runSourceId", s.id as "sourceId", rs.name, rs.kind::text as kind, rs.url, s.config, s.etag, s.last_modified as "lastModified"
    from run_source rs join source s on s.org_id = rs.org_id and s.id = rs.source_id
    where rs.org_id = ${lease.orgId}::uuid and rs.run_id = ${lease.runId}::uuid and rs.status in ('queued', 'fetching')
    order by rs.position`;
  return rows.map(({ runSourceId, sourceId, name, kind, url, config, etag, lastModified }) => ({
    runSourceId,
    sourceId,
    // Checked by the kind's schema when it was saved.
    definition: { name, kind, url, config } as SourceDefinition,
    validators: { ...(etag && { etag }), ...(lastModified && { lastModified }) },
  }));
}

/** @throws LeaseLostError */
export async function markFetching(tx: Tx, lease: Lease, source: PendingSource): Promise<void> {
  await holdLease(tx, lease);
  await tx.$executeRaw`
    update run_source set status = 'fetching', attempts = attempts + 1, started_at = coalesce(started_at, clock_timestamp())
    where id = ${source.runSourceId}::uuid`;
  await notifyRun(tx, lease.orgId, lease.runId);
}

export interface CollectedOutcome {
  status: "succeeded" | "not_modified";
  counts: ItemCounts;
  httpStatus: number;
  wireBytes: number;
  validators: { etag?: string; lastModified?: string };
  message: string | null;
}

/** Records that the source was collected. Call it in the transaction that saved its items. @throws LeaseLostError */
export async function recordCollected(tx: Tx, lease: Lease, source: PendingSource, outcome: CollectedOutcome): Promise<void> {
  const { newCount, changedCount, unchangedCount } = outcome.counts;
  await tx.$executeRaw`
    update run_source set status = ${outcome.status}::run_source_status, finished_at = clock_timestamp(), http_status = ${outcome.httpStatus},
      wire_bytes = ${outcome.wireBytes}, new_count = ${newCount}, changed_count = ${changedCount}, unchanged_count = ${unchangedCount},
      error_code = null, message = ${outcome.message}
    where id = ${source.runSourceId}::uuid`;
  const { etag, lastModified } = outcome.validators;
  await tx.$executeRaw`
    update source set last_success_at = clock_timestamp(), consecutive_failures = 0, last_failure_message = null,
      etag = coalesce(${etag ?? null}, case when ${outcome.status} = 'not_modified' then etag end),
      last_modified = coalesce(${lastModified ?? null}, case when ${outcome.status} = 'not_modified' then last_modified end)
    where org_id = ${lease.orgId}::uuid and id = ${source.sourceId}::uuid`;
  await notifyRun(tx, lease.orgId, lease.runId);
}

export interface FailedOutcome {
  code: string;
  message: string;
  httpStatus: number | null;
}

/** Records that the source failed; the run goes on with the others. @throws LeaseLostError */
export async function recordFailed(tx: Tx, lease: Lease, source: PendingSource, outcome: FailedOutcome): Promise<void> {
  await holdLease(tx, lease);
  await tx.$executeRaw`
    update run_source set status = 'failed', finished_at = clock_timestamp(), http_status = ${outcome.httpStatus},
      error_code = ${outcome.code}, message = ${outcome.message}
    where id = ${source.runSourceId}::uuid`;
  await tx.$executeRaw`
    update source set last_failure_at = clock_timestamp(), last_failure_message = ${outcome.message}, consecutive_failures = consecutive_failures + 1
    where org_id = ${lease.orgId}::uuid and id = ${source.sourceId}::uuid`;
  await notifyRun(tx, lease.orgId, lease.runId);
}

/** How each source of the run ended. */
export async function listOutcomes(tx: Tx, lease: Lease) {
  const rows = await tx.runSource.findMany({ where: { orgId: lease.orgId, runId: lease.runId }, select: { status: true } });
  return rows.map((row) => row.status);
}
