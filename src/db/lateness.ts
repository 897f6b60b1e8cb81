import { ON_TIME_MS } from "@/domain/schedule";
import type { Tx } from "./transaction";

/** What became of slots. A slot that a newer one replaced, or that a missed span holds, counts one each. */
export interface SlotOutcomes {
  onTime: number;
  late: number;
  skipped: number;
  missed: number;
  superseded: number;
}

/** The outcomes of the slots that were examined within one hour of the clock. */
export interface SlotHour extends SlotOutcomes {
  startsAt: Date;
}

/** How late slots were examined, counted from the slot's own time; in milliseconds. Missed slots are not in it: they never ran. */
export interface Lateness {
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
  /** At least one of the schedules has a spread, which is lateness on purpose. */
  includesSpread: boolean;
}

/** The ledger of the last 24 hours of the clock, the one that is going included. */
export interface SlotRecord {
  since: Date;
  /** Null when no slot was due. */
  lateness: Lateness | null;
  /** Oldest first, hours without a slot included. */
  hours: SlotHour[];
}

const WHOLE_HOURS = 23;

/**
 * Reads the ledger of all organizations; needs a transaction that sees them all. The index on `queued_at` finds the rows: `now()` and
 * not `clock_timestamp()`, which no index can be searched with.
 */
export async function readSlotRecord(tx: Tx): Promise<SlotRecord> {
  const [window] = await tx.$queryRaw<[{ since: Date }]>`
    select date_bin('1 hour', now(), 'epoch') - ${WHOLE_HOURS} * interval '1 hour' as since`;
  return { ...window, lateness: await readLateness(tx, window.since), hours: await readHours(tx, window.since) };
}

async function readLateness(tx: Tx, since: Date): Promise<Lateness | null> {
  const [row] = await tx.$queryRaw<[{ quantiles: [number, number] | null; maxMs: number; includesSpread: boolean }]>`
    select percentile_disc(array[0.5, 0.95]) within group (order by lateness_ms) as quantiles, max(lateness_ms) as "maxMs",
      coalesce(bool_or(schedule_id in (select id from schedule where spread_ms > 0)), false) as "includesSpread"
    from run where queued_at >= ${since} and trigger = 'schedule' and status <> 'missed'`;
  if (!row.quantiles) return null;
  const [p50Ms, p95Ms] = row.quantiles;
  return { p50Ms, p95Ms, maxMs: row.maxMs, includesSpread: row.includesSpread };
}

/** Within its spread a slot is on time. */
async function readHours(tx: Tx, since: Date): Promise<SlotHour[]> {
  return tx.$queryRaw`
    with examined as (
      select date_bin('1 hour', r.queued_at, 'epoch') as hour,
        count(*) filter (where r.status not in ('skipped', 'missed') and r.lateness_ms <= ${ON_TIME_MS} + coalesce(s.spread_ms, 0)) as on_time,
        count(*) filter (where r.status not in ('skipped', 'missed') and r.lateness_ms > ${ON_TIME_MS} + coalesce(s.spread_ms, 0)) as late,
        count(*) filter (where r.status = 'skipped') as skipped, sum(r.missed_count) as missed, sum(r.superseded_count) as superseded
      from run r left join schedule s on s.id = r.schedule_id and s.spread_ms > 0
      where r.queued_at >= ${since} and r.trigger = 'schedule' group by 1
    )
    select h.starts_at as "startsAt", coalesce(on_time, 0)::float8 as "onTime", coalesce(late, 0)::float8 as late,
      coalesce(skipped, 0)::float8 as skipped, coalesce(missed, 0)::float8 as missed, coalesce(superseded, 0)::float8 as superseded
    from generate_series(${since}::timestamptz, now(), '1 hour') as h(starts_at) left join examined on examined.hour = h.starts_at
    order by 1`;
}
