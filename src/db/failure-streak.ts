import type { FailureStreak } from "@/domain/failure-streak";
import { FAILED_RUN_STATUSES } from "@/domain/run-status";
import type { Tx } from "./transaction";

/**
 * The organization's scheduled runs that failed, ran out of time or were abandoned, since its last run that brought something (of any
 * trigger) and since a person resumed the schedule. Cancelled, skipped and missed ones neither count nor end the streak. Null for none.
 */
export async function findFailureStreak(tx: Tx, orgId: string, resumedAt: Date | null): Promise<FailureStreak | null> {
  // A statement of its own: with the number in its hands PostgreSQL reads the runs after it alone, and not the whole ledger.
  const [good] = await tx.$queryRaw<{ number: number }[]>`
    select number from run where org_id = ${orgId}::uuid and status in ('succeeded', 'partial') order by number desc limit 1`;
  const [streak] = await tx.$queryRaw<FailureStreak[]>`
    with failed as materialized (
      select id, number, queued_at, message from run
      where org_id = ${orgId}::uuid and number > ${good?.number ?? 0}
        and trigger = 'schedule' and status = any(${[...FAILED_RUN_STATUSES]}::run_status[])
        and queued_at >= coalesce(${resumedAt}::timestamptz, '-infinity')
    )
    select newest.id as "lastRunId", newest.number as "lastRunNumber", totals.count, totals.since,
      coalesce(newest.message, (
        select s.name || ': ' || s.message from run_source s
        where s.org_id = ${orgId}::uuid and s.run_id = newest.id and s.status = 'failed' order by s.position limit 1)) as "lastMessage"
    from (select count(*)::int as count, min(queued_at) as since from failed) totals
    cross join lateral (select * from failed order by number desc limit 1) newest`;
  return streak ?? null;
}
