import type { RunDetail, RunSource, RunSummary } from "@/domain/run";
import type { Run, RunSource as RunSourceRow } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** What the sources of one run add up to. */
interface SourceTotals {
  sourceCount: number;
  /** With an outcome of their own; a cancelled source has none. */
  doneSourceCount: number;
  failedSourceCount: number;
  newCount: number;
  changedCount: number;
  unchangedCount: number;
}

const NO_SOURCES: SourceTotals = { sourceCount: 0, doneSourceCount: 0, failedSourceCount: 0, newCount: 0, changedCount: 0, unchangedCount: 0 };

/** Added up from the sources, so that the numbers of a run that is still going are right too. */
async function totalsOf(tx: Tx, orgId: string, runIds: string[]): Promise<Map<string, SourceTotals>> {
  const rows = await tx.$queryRaw<(SourceTotals & { runId: string })[]>`
    select run_id as "runId", count(*)::int as "sourceCount",
      count(*) filter (where status in ('succeeded', 'not_modified', 'failed'))::int as "doneSourceCount",
      count(*) filter (where status = 'failed')::int as "failedSourceCount",
      sum(new_count)::int as "newCount", sum(changed_count)::int as "changedCount", sum(unchanged_count)::int as "unchangedCount"
    from run_source where org_id = ${orgId}::uuid and run_id = any(${runIds}::uuid[]) group by run_id`;
  return new Map(rows.map(({ runId, ...totals }) => [runId, totals]));
}

function present(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

/** Run rows as lists show them: with what their sources add up to, the names of people and the numbers of blocking runs. */
export async function toSummaries(tx: Tx, orgId: string, rows: readonly Run[]): Promise<RunSummary[]> {
  const totals = await totalsOf(
    tx,
    orgId,
    rows.map((row) => row.id),
  );
  const people = await tx.user.findMany({
    where: { id: { in: present(rows.flatMap((row) => [row.startedById, row.cancelledById])) } },
    select: { id: true, name: true },
  });
  const blocking = await tx.run.findMany({
    where: { orgId, id: { in: present(rows.map((row) => row.blockingRunId)) } },
    select: { id: true, number: true },
  });
  const nameOf = new Map(people.map((person) => [person.id, person.name]));
  const numberOf = new Map(blocking.map((run) => [run.id, run.number]));
  return rows.map((row) => ({
    ...row,
    ...(totals.get(row.id) ?? NO_SOURCES),
    blockingRunNumber: (row.blockingRunId && numberOf.get(row.blockingRunId)) || null,
    startedByName: (row.startedById && nameOf.get(row.startedById)) || null,
    cancelledByName: (row.cancelledById && nameOf.get(row.cancelledById)) || null,
  }));
}

/** One run with its sources, in the preset's order. */
export async function toDetail(tx: Tx, orgId: string, row: Run & { sources: RunSourceRow[] }): Promise<RunDetail> {
  const [summary] = await toSummaries(tx, orgId, [row]);
  if (!summary) throw new Error("A run row gives one summary.");
  const sources: RunSource[] = row.sources;
  return { ...summary, limitMs: row.limitMs, sources };
}
