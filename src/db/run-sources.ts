import { QUARANTINED } from "@/domain/reap-plan";
import { listedLine, quarantinedLine } from "@/domain/run-event-lines";
import type { SourceDefinition } from "@/domain/source";
import { logRuns } from "./run-events";
import { holdLease, type Lease } from "./run-lease";
import type { Tx } from "./transaction";

/** A source that a run still has to collect, with what its site said last time. */
export interface PendingSource {
  runSourceId: string;
  sourceId: string;
  definition: SourceDefinition;
  validators: { etag?: string; lastModified?: string };
  /** Attempts made in this run. */
  attempts: number;
  /** What is left of the wait before the next attempt, in milliseconds; 0 where none waits. */
  waitMs: number;
  /** Workers that died while they collected it, since it was last collected. */
  crashCount: number;
}

/**
 * Writes down the run's sources as they are defined now; a resumed run has them already.
 * @throws LeaseLostError
 */
export async function snapshotSources(tx: Tx, lease: Lease, presetId: string | null): Promise<void> {
  await holdLease(tx, lease);
  const listed = await tx.$executeRaw`
    insert into run_source (id, org_id, run_id, source_id, position, name, kind, url)
    select gen_random_uuid(), p.org_id, ${lease.runId}::uuid, s.id, p.position, s.name, s.kind, s.url
    from preset_source p join source s on s.org_id = p.org_id and s.id = p.source_id
    where p.org_id = ${lease.orgId}::uuid and p.preset_id = ${presetId}::uuid and p.enabled and s.enabled
      and not exists (select 1 from run_source known where known.org_id = p.org_id and known.run_id = ${lease.runId}::uuid)`;
  if (listed > 0) await logRuns(tx, [{ orgId: lease.orgId, runId: lease.runId, lines: [listedLine(listed)] }]);
}

/**
 * Gives the run's quarantined sources their outcome, without collecting them. Returns how many.
 * @throws LeaseLostError
 */
export async function failQuarantined(tx: Tx, lease: Lease): Promise<number> {
  await holdLease(tx, lease);
  const failed = await tx.$queryRaw<{ sourceId: string }[]>`
    update run_source rs set status = 'failed', finished_at = clock_timestamp(), retry_at = null, error_code = 'quarantined', message = ${QUARANTINED}
    from source s
    where rs.org_id = ${lease.orgId}::uuid and rs.run_id = ${lease.runId}::uuid and rs.status in ('queued', 'fetching')
      and s.org_id = rs.org_id and s.id = rs.source_id and s.quarantined_at is not null
    returning rs.source_id as "sourceId"`;
  const lines = failed.map(({ sourceId }) => quarantinedLine(sourceId, QUARANTINED));
  if (lines.length > 0) await logRuns(tx, [{ orgId: lease.orgId, runId: lease.runId, lines }]);
  return failed.length;
}

/** The run's sources that have no outcome yet: the least suspected first, then in the preset's order. */
export async function listPendingSources(tx: Tx, lease: Lease): Promise<PendingSource[]> {
  const rows = await tx.$queryRaw<
    (Omit<PendingSource, "definition" | "validators"> & {
      name: string;
      kind: string;
      url: string;
      config: unknown;
      etag: string | null;
      lastModified: string | null;
    })[]
  >`
    select rs.id as "runSourceId", s.id as "sourceId", rs.name, rs.kind::text as kind, rs.url, s.config, s.etag, s.last_modified as "lastModified",
      rs.attempts, greatest(0, extract(epoch from rs.retry_at - clock_timestamp()) * 1000)::int as "waitMs", s.crash_count as "crashCount"
    from run_source rs join source s on s.org_id = rs.org_id and s.id = rs.source_id
    where rs.org_id = ${lease.orgId}::uuid and rs.run_id = ${lease.runId}::uuid and rs.status in ('queued', 'fetching')
    order by s.crash_count, rs.position`;
  return rows.map(({ name, kind, url, config, etag, lastModified, ...pending }) => ({
    ...pending,
    // Checked by the kind's schema when it was saved.
    definition: { name, kind, url, config } as SourceDefinition,
    validators: { ...(etag && { etag }), ...(lastModified && { lastModified }) },
  }));
}

/** How each source of the run ended. */
export async function listOutcomes(tx: Tx, lease: Lease) {
  const rows = await tx.runSource.findMany({ where: { orgId: lease.orgId, runId: lease.runId }, select: { status: true } });
  return rows.map((row) => row.status);
}
