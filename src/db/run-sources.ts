import { QUARANTINED } from "@/domain/reap-plan";
import { listedLine, notDueLine, quarantinedLine } from "@/domain/run-event-lines";
import type { SourceDefinition } from "@/domain/source";
import { type Reading, readingSchema } from "@/domain/source-reading";
import { logRuns } from "./run-events";
import { holdLease, type Lease } from "./run-lease";
import type { Tx } from "./transaction";

/** What the last reading of a source left, and when that was. */
export interface KnownReading extends Reading {
  /** When its site was last asked for everything. */
  wholeReadAt: Date;
  readAt: Date;
}

/** A source that a run still has to collect, with what its last reading left. */
export interface PendingSource {
  runSourceId: string;
  sourceId: string;
  definition: SourceDefinition;
  reading: KnownReading | null;
  /** When it was last changed. */
  definedAt: Date;
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
    (Omit<PendingSource, "definition" | "reading"> & { name: string; kind: string; url: string; config: unknown } & NullableReading)[]
  >`
    select rs.id as "runSourceId", s.id as "sourceId", rs.name, rs.kind::text as kind, rs.url, s.config, s.updated_at as "definedAt",
      sr.read_as as "readAs", sr.pages, sr.pace, sr.whole_read_at as "wholeReadAt", sr.read_at as "readAt", rs.attempts, greatest(0, extract(epoch from rs.retry_at - clock_timestamp()) * 1000)::int as "waitMs", s.crash_count as "crashCount"
    from run_source rs join source s on s.org_id = rs.org_id and s.id = rs.source_id
      left join source_reading sr on sr.org_id = s.org_id and sr.source_id = s.id
    where rs.org_id = ${lease.orgId}::uuid and rs.run_id = ${lease.runId}::uuid and rs.status in ('queued', 'fetching')
    order by s.crash_count, rs.position`;
  return rows.map(({ name, kind, url, config, readAs, pages, pace, wholeReadAt, readAt, ...pending }) => ({
    ...pending,
    // Checked by the kind's schema when it was saved.
    definition: { name, kind, url, config } as SourceDefinition,
    reading: toReading({ readAs, pages, pace, wholeReadAt, readAt }),
  }));
}

type NullableReading = { [Name in keyof KnownReading]: KnownReading[Name] | null };

/** What another version of Milkrun left may be of another shape, and is as good as nothing. */
function toReading({ wholeReadAt, readAt, ...left }: NullableReading): KnownReading | null {
  const { data } = readingSchema.safeParse(left);
  return data && wholeReadAt && readAt ? { ...data, wholeReadAt, readAt } : null;
}

/** A source that wants to be asked again later only. */
export interface NotDueSource extends PendingSource {
  comeBackAt: Date;
  /** How long until then, in milliseconds. */
  inMs: number;
}

/**
 * Gives sources that want to be asked later only their outcome, without asking them.
 * @throws LeaseLostError
 */
export async function recordNotDue(tx: Tx, lease: Lease, sources: readonly NotDueSource[]): Promise<void> {
  if (sources.length === 0) return;
  await holdLease(tx, lease);
  const lines = sources.map(({ sourceId, definition, inMs }) => notDueLine(sourceId, definition.kind, inMs));
  const outcomes = sources.map(({ runSourceId, comeBackAt }, index) => ({ runSourceId, comeBackAt, message: lines[index]?.message }));
  const recorded = await tx.$executeRaw`
    update run_source rs set status = 'not_due', finished_at = clock_timestamp(), come_back_at = o."comeBackAt", message = o.message
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as o("runSourceId" uuid, "comeBackAt" timestamptz(3), message text)
    where rs.id = o."runSourceId" and rs.org_id = ${lease.orgId}::uuid and rs.run_id = ${lease.runId}::uuid and rs.status = 'queued'`;
  if (recorded > 0) await logRuns(tx, [{ orgId: lease.orgId, runId: lease.runId, lines }]);
}

/** How each source of the run ended. */
export async function listOutcomes(tx: Tx, lease: Lease) {
  const rows = await tx.runSource.findMany({ where: { orgId: lease.orgId, runId: lease.runId }, select: { status: true } });
  return rows.map((row) => row.status);
}
