import type { RunDetail, RunSource, RunSummary } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { isUnusuallyEmpty, usualNewCount } from "@/domain/usual-items";
import type { Run, RunSource as RunSourceRow } from "@/generated/prisma/client";
import { findActorNames } from "./actor-names";
import { findEarlierNewCounts } from "./earlier-counts";
import { RETRYABLE } from "./retry-run";
import { findMedianRunMs } from "./run-durations";
import { findNewestEvent } from "./run-events";
import type { Tx } from "./transaction";

/** What the sources of one run add up to. */
interface SourceTotals {
  sourceCount: number;
  /** With an outcome of their own; a cancelled source has none. */
  doneSourceCount: number;
  failedSourceCount: number;
  /** That another run would collect again, once this one has ended. */
  retryableSourceCount: number;
  newCount: number;
  changedCount: number;
  unchangedCount: number;
  goneCount: number;
}

const NO_SOURCES: SourceTotals = {
  sourceCount: 0,
  doneSourceCount: 0,
  failedSourceCount: 0,
  retryableSourceCount: 0,
  newCount: 0,
  changedCount: 0,
  unchangedCount: 0,
  goneCount: 0,
};

/** Added up from the sources, so that the numbers of a run that is still going are right too. */
async function totalsOf(tx: Tx, orgId: string, runIds: string[]): Promise<Map<string, SourceTotals>> {
  const rows = await tx.$queryRaw<(SourceTotals & { runId: string })[]>`
    select rs.run_id as "runId", count(*)::int as "sourceCount",
      count(*) filter (where rs.status in ('succeeded', 'not_modified', 'not_due', 'failed'))::int as "doneSourceCount",
      count(*) filter (where rs.status = 'failed')::int as "failedSourceCount", count(*) filter (where ${RETRYABLE})::int as "retryableSourceCount",
      sum(rs.new_count)::int as "newCount", sum(rs.changed_count)::int as "changedCount", sum(rs.unchanged_count)::int as "unchangedCount",
      sum(rs.gone_count)::int as "goneCount"
    from run_source rs left join source s on s.org_id = rs.org_id and s.id = rs.source_id
    where rs.org_id = ${orgId}::uuid and rs.run_id = any(${runIds}::uuid[]) group by rs.run_id`;
  return new Map(rows.map(({ runId, ...totals }) => [runId, totals]));
}

function present(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

/** Run rows as lists show them: with what their sources add up to, the names of people and API keys, the numbers of other runs, and what is usual. */
export async function toSummaries(tx: Tx, orgId: string, rows: readonly Run[]): Promise<RunSummary[]> {
  const totals = await totalsOf(
    tx,
    orgId,
    rows.map((row) => row.id),
  );
  const nameOf = await findActorNames(
    tx,
    rows.flatMap((row) => [row.startedById, row.cancelledById]),
  );
  const numberOf = await numbersOf(tx, orgId, present(rows.flatMap((row) => [row.blockingRunId, row.retryOfRunId])));
  const earlierOf = await findEarlierNewCounts(tx, orgId, rows);
  return rows.map((row) => {
    const { retryableSourceCount, ...counts } = totals.get(row.id) ?? NO_SOURCES;
    const earlier = earlierOf.get(row.id) ?? [];
    return {
      ...row,
      ...counts,
      usualNewCount: usualNewCount(earlier),
      isUnusuallyEmpty: isUnusuallyEmpty(counts.newCount, earlier),
      retryableSourceCount: isActive(row.status) ? 0 : retryableSourceCount,
      blockingRunNumber: (row.blockingRunId && numberOf.get(row.blockingRunId)) || null,
      retryOfRunNumber: (row.retryOfRunId && numberOf.get(row.retryOfRunId)) || null,
      startedByName: (row.startedById && nameOf.get(row.startedById)) || null,
      cancelledByName: (row.cancelledById && nameOf.get(row.cancelledById)) || null,
    };
  });
}

async function numbersOf(tx: Tx, orgId: string, runIds: string[]): Promise<Map<string, number>> {
  const runs = await tx.run.findMany({ where: { orgId, id: { in: runIds } }, select: { id: true, number: true } });
  return new Map(runs.map(({ id, number }) => [id, number]));
}

/** One run with its sources, in the preset's order, and the runs that collected its failed sources again. */
export async function toDetail(tx: Tx, orgId: string, row: Run & { sources: RunSourceRow[] }): Promise<RunDetail> {
  const [summary] = await toSummaries(tx, orgId, [row]);
  if (!summary) throw new Error("A run row gives one summary.");
  const sources: RunSource[] = row.sources;
  const active = isActive(row.status);
  return {
    ...summary,
    limitMs: row.limitMs,
    scheduleVersion: row.scheduleVersion,
    usualMs: active ? await findMedianRunMs(tx, orgId, row) : null,
    newestEvent: await findNewestEvent(tx, row),
    sources,
    retries: active ? [] : await listRetries(tx, orgId, row),
  };
}

function listRetries(tx: Tx, orgId: string, { id, number }: Run): Promise<{ id: string; number: number }[]> {
  return tx.run.findMany({
    // A retry is younger than its run: by number, only the younger ones are gone through.
    where: { orgId, retryOfRunId: id, number: { gt: number } },
    orderBy: { number: "asc" },
    select: { id: true, number: true },
  });
}
