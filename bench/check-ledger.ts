import type pg from "pg";
import { withClient } from "@/db/connect";

/** What became of the schedules that were due, each with one slot. */
export interface LedgerCheck {
  /** Schedules without a row and a queued job. */
  lost: number;
  /** Slots with more than one row or more than one job. */
  doubled: number;
}

/** Counts behind row-level security, whatever the measured processes said. */
export async function checkLedger(owner: pg.ClientConfig): Promise<LedgerCheck> {
  return withClient(owner, async (client) => {
    const { rows } = await client.query<LedgerCheck>(`
      with counted as (
        select s.id, r.slot_at, count(distinct r.id) as runs, count(j.id) as jobs
        from schedule s left join run r on r.schedule_id = s.id left join graphile_worker.jobs j on j.key = 'run:' || r.id
        group by s.id, r.slot_at
      )
      select (select count(*) from (select from counted group by id having max(least(runs, jobs)) = 0) as without)::int as lost,
        count(*) filter (where greatest(runs, jobs) > 1)::int as doubled
      from counted`);
    return rows[0] ?? { lost: Number.NaN, doubled: Number.NaN };
  });
}
