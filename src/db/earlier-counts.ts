import { USUAL_FROM_RUNS } from "@/domain/usual-items";
import { Prisma, type Run } from "@/generated/prisma/client";
import { isEarlierRun } from "./earlier-runs";
import type { Tx } from "./transaction";

/**
 * How many new items the runs before each of these brought: the last 10 of the same preset that ended well or in part, newest first. Retries
 * collect some sources only, so they neither count nor are asked about. A run that is not in the map has nothing to be compared with.
 */
export async function findEarlierNewCounts(tx: Tx, orgId: string, runs: readonly Run[]): Promise<Map<string, number[]>> {
  const shown = runs.filter(isComparable);
  if (shown.length === 0) return new Map();
  const [ids, numbers, presetIds] = [shown.map(({ id }) => id), shown.map(({ number }) => number), shown.map(({ presetId }) => presetId)];
  const rows = await tx.$queryRaw<{ runId: string; counts: number[] }[]>`
    select shown.id as "runId", array_agg(e.new_count order by e.number desc) as counts
    from unnest(${ids}::uuid[], ${numbers}::int[], ${presetIds}::uuid[]) as shown(id, number, preset_id) cross join lateral (
      select r.number, r.new_count from run r
      where ${isEarlierRun(orgId, { number: Prisma.sql`shown.number`, presetId: Prisma.sql`shown.preset_id` })}
      order by r.number desc limit ${USUAL_FROM_RUNS}) e
    group by shown.id`;
  return new Map(rows.map(({ runId, counts }) => [runId, counts]));
}

function isComparable({ status, presetId, retryOfRunId }: Run): boolean {
  return (status === "succeeded" || status === "partial") && presetId !== null && retryOfRunId === null;
}
