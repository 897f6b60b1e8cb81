import { Prisma, type Run } from "@/generated/prisma/client";
import { isEarlierRun } from "./earlier-runs";
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

const COMPARED_RUNS = 20;
/** Fewer runs are no usual length. */
const FEWEST_COMPARED_RUNS = 3;

/**
 * How long a run like this one usually takes: the median of the runs of its preset before it that collected all or most of it, without
 * retries, in ms. Null when they are fewer than 3.
 */
export async function findMedianRunMs(tx: Tx, orgId: string, { presetId, number, retryOfRunId }: Run): Promise<number | null> {
  if (presetId === null || retryOfRunId !== null) return null;
  const [row] = await tx.$queryRaw<[{ usualMs: number | null }]>`
    select case when count(*) >= ${FEWEST_COMPARED_RUNS} then
      (extract(epoch from percentile_disc(0.5) within group (order by took)) * 1000)::float8 end as "usualMs"
    from (
      select r.finished_at - r.started_at as took from run r
      where ${isEarlierRun(orgId, { number: Prisma.sql`${number}::int`, presetId: Prisma.sql`${presetId}::uuid` })} and r.started_at is not null
      order by r.number desc limit ${COMPARED_RUNS}
    ) as compared`;
  return row.usualMs === null ? null : Math.round(row.usualMs);
}
