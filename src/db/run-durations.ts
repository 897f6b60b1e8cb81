import type { Tx } from "./transaction";

const RECENT_RUNS = 20;
/** Fewer runs say nothing about the next one. */
const FEWEST_RUNS = 5;

/** How long the organization's recent runs took: the 95th percentile of the last 20 that ended by themselves, in ms. Null when they are fewer than 5. */
export async function findUsualRunMs(tx: Tx, orgId: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<[{ usualMs: number | null }]>`
    select case when count(*) >= ${FEWEST_RUNS} then
      (extract(epoch from percentile_disc(0.95) within group (order by took)) * 1000)::float8 end as "usualMs"
    from (
      select finished_at - started_at as took from run
      where org_id = ${orgId}::uuid and status in ('succeeded', 'partial', 'failed') and started_at is not null
      order by queued_at desc, id desc limit ${RECENT_RUNS}
    ) as recent`;
  return row.usualMs === null ? null : Math.round(row.usualMs);
}
