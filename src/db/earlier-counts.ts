import { USUAL_FROM_RUNS } from "@/domain/usual-items";
import type { Run } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** How far back earlier runs of the same preset are looked for, in runs of any kind: a preset that is rarely run must not cost the whole ledger. */
const LOOK_BACK = 200;

/**
 * How many new items the runs before each of these brought: the last 10 of the same preset that ended well or in part, newest first. Retries
 * collect some sources only, so they neither count nor are asked about. A run that is not in the map has nothing to be compared with.
 */
export async function findEarlierNewCounts(tx: Tx, orgId: string, runs: readonly Run[]): Promise<Map<string, number[]>> {
  const shown = runs.filter(isComparable);
  if (shown.length === 0) return new Map();
  const [ids, numbers, presetIds] = [shown.map(({ id }) => id), shown.map(({ number }) => number), shown.map(({ presetId }) => presetId)];
  // What one run brought is needed by up to ten others, and added up once.
  const rows = await tx.$queryRaw<{ runId: string; counts: number[] }[]>`
    with earlier as materialized (
      select shown.id as shown_id, e.id, e.number
      from unnest(${ids}::uuid[], ${numbers}::int[], ${presetIds}::uuid[]) as shown(id, number, preset_id) cross join lateral (
        select r.id, r.number from run r
        where r.org_id = ${orgId}::uuid and r.number < shown.number and r.number >= shown.number - ${LOOK_BACK}::int
          and r.preset_id = shown.preset_id and r.status in ('succeeded', 'partial') and r.retry_of_run_id is null
        order by r.number desc limit ${USUAL_FROM_RUNS}) e
    ), brought as (
      select rs.run_id, sum(rs.new_count)::int as new_count from run_source rs
      where rs.org_id = ${orgId}::uuid and rs.run_id = any(array(select distinct id from earlier)) group by rs.run_id
    )
    select e.shown_id as "runId", array_agg(coalesce(b.new_count, 0) order by e.number desc) as counts
    from earlier e left join brought b on b.run_id = e.id group by e.shown_id`;
  return new Map(rows.map(({ runId, counts }) => [runId, counts]));
}

function isComparable({ status, presetId, retryOfRunId }: Run): boolean {
  return (status === "succeeded" || status === "partial") && presetId !== null && retryOfRunId === null;
}
