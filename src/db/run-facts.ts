import type { FailedSource, RunFacts } from "@/domain/run-notices";
import { FAILED_RUN_STATUSES } from "@/domain/run-status";
import type { Run, RunSource } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** A run that has ended, with what came of its sources, in the preset's order. */
export interface EndedRun {
  row: Run;
  sources: readonly RunSource[];
  facts: RunFacts;
}

/** Null when the run is not kept any more. */
export async function findEndedRun(tx: Tx, orgId: string, runId: string): Promise<EndedRun | null> {
  const found = await tx.run.findUnique({ where: { orgId_id: { orgId, id: runId } }, include: { sources: { orderBy: { position: "asc" } } } });
  if (!found) return null;
  const { sources, ...row } = found;
  return { row, sources, facts: { ...row, sourceCount: sources.length, failedSources: await listFailed(tx, orgId, sources) } };
}

/** With how often in a row they failed, as it is now; a source that was deleted meanwhile failed this once. */
async function listFailed(tx: Tx, orgId: string, sources: readonly RunSource[]): Promise<FailedSource[]> {
  const failed = sources.filter(({ status }) => status === "failed");
  if (failed.length === 0) return [];
  const rows = await tx.source.findMany({
    where: { orgId, id: { in: failed.map(({ sourceId }) => sourceId) } },
    select: { id: true, consecutiveFailures: true },
  });
  const failuresOf = new Map(rows.map(({ id, consecutiveFailures }) => [id, consecutiveFailures]));
  return failed.map(({ sourceId, name, message }) => ({ id: sourceId, name, message, failuresInRow: Math.max(1, failuresOf.get(sourceId) ?? 1) }));
}

/** Failed runs in a row that end with this one, of any trigger; cancelled, skipped and missed ones neither count nor end the row. `most` at most. */
export async function countFailedInRow(tx: Tx, { orgId, number }: Run, most: number): Promise<number> {
  const rows = await tx.run.findMany({
    where: { orgId, number: { lte: number }, status: { in: [...FAILED_RUN_STATUSES, "succeeded", "partial"] } },
    orderBy: { number: "desc" },
    take: most,
    select: { status: true },
  });
  const firstGood = rows.findIndex(({ status }) => status === "succeeded" || status === "partial");
  return firstGood < 0 ? rows.length : firstGood;
}
