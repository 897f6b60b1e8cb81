import type { RunDay } from "@/domain/run-history";
import { FAILED_RUN_STATUSES, hasFailed, type RunStatus } from "@/domain/run-status";
import { slotsByDay } from "@/domain/span-slots";
import { dayInZone, formatIsoDay, startOfDay } from "@/domain/zone-days";
import type { Tx } from "./transaction";
import { findSlotRules, type Spanning, unservedSpan } from "./unserved-slots";

/** Days by their numbers, both included. */
interface DayRange {
  timeZone: string;
  firstDay: number;
  today: number;
}

type DayCounts = Omit<RunDay, "date" | "missed">;

/** A run whose slot was due on the day before it was begun. */
interface Belated {
  slotAt: Date;
  status: RunStatus;
  newCount: number;
}

interface CountedDay extends DayCounts {
  day: number;
  belated: Belated[];
  spans: Spanning[];
}

/** What happened on each of these days, the oldest first; days on which nothing happened are left out. */
export async function readRunDays(tx: Tx, orgId: string, range: DayRange): Promise<RunDay[]> {
  const counted = await countDays(tx, orgId, range);
  const missed = await countMissed(
    tx,
    orgId,
    counted.flatMap(({ spans }) => spans),
    range,
  );
  const byDay = countBelated(counted, range);
  const days = [...new Set([...byDay.keys(), ...missed.keys()])].sort((a, b) => a - b);
  return days.map((day) => ({ date: formatIsoDay(day), ...(byDay.get(day) ?? NOTHING), missed: missed.get(day) ?? 0 }));
}

const NOTHING: DayCounts = { runs: 0, failed: 0, skipped: 0, newItems: 0 };

/** A run belongs to the day of its slot, whenever it was begun. */
function countBelated(counted: readonly CountedDay[], { timeZone, firstDay }: DayRange): Map<number, DayCounts> {
  const byDay = new Map<number, DayCounts>(counted.map(({ day, runs, failed, skipped, newItems }) => [day, { runs, failed, skipped, newItems }]));
  for (const { slotAt, status, newCount } of counted.flatMap(({ belated }) => belated)) {
    const day = dayInZone(slotAt, timeZone);
    if (day < firstDay) continue;
    const { runs, failed, skipped, newItems } = byDay.get(day) ?? NOTHING;
    const isSkipped = status === "skipped";
    byDay.set(day, {
      runs: runs + (isSkipped ? 0 : 1),
      failed: failed + (hasFailed(status) ? 1 : 0),
      skipped: skipped + (isSkipped ? 1 : 0),
      newItems: newItems + newCount,
    });
  }
  return byDay;
}

/**
 * One pass over the index on `queued_at`, day by day between the instants at which this program's own time zone data has them begin:
 * PostgreSQL's data may be older and may not know the zone. No slot is recorded before its time, so those of an earlier day are told
 * with the day on which they were recorded. Days without a row are left out.
 */
async function countDays(tx: Tx, orgId: string, { timeZone, firstDay, today }: DayRange): Promise<CountedDay[]> {
  const days = Array.from({ length: today - firstDay + 1 }, (_, index) => firstDay + index);
  const bounds = [...days, today + 1].map((day) => startOfDay(day, timeZone).toISOString());
  const rows = await tx.$queryRaw<CountedRow[]>`
    select d.day, counted.* from unnest(${days}::int[], ${bounds.slice(0, -1)}::timestamptz[], ${bounds.slice(1)}::timestamptz[]) as d(day, starts_at, ends_at)
    cross join lateral (
      select count(*) filter (where own and r.status not in ('skipped', 'missed'))::int as runs,
        count(*) filter (where own and r.status = any(${[...FAILED_RUN_STATUSES]}::run_status[]))::int as failed,
        count(*) filter (where own and r.status = 'skipped')::int as skipped, coalesce(sum(r.new_count) filter (where own), 0)::int as "newItems",
        coalesce(json_agg(json_build_object('slotAt', r.slot_at, 'status', r.status, 'newCount', r.new_count))
          filter (where not own and r.status <> 'missed'), '[]') as belated,
        coalesce(json_agg(json_build_object('slotAt', r.slot_at, 'spanStartAt', r.span_start_at, 'missedCount', r.missed_count,
          'supersededCount', r.superseded_count, 'scheduleId', r.schedule_id, 'scheduleVersion', r.schedule_version))
          filter (where r.missed_count > 0 or r.superseded_count > 0), '[]') as spans
      from run r cross join lateral (select r.slot_at is null or r.slot_at >= d.starts_at as own) as of_day
      where r.org_id = ${orgId}::uuid and r.queued_at >= d.starts_at and r.queued_at < d.ends_at having count(*) > 0
    ) as counted`;
  return rows.map((row) => ({
    ...row,
    belated: row.belated.map((run) => ({ ...run, slotAt: new Date(run.slotAt) })),
    spans: row.spans.map((span) => ({ ...span, slotAt: new Date(span.slotAt), spanStartAt: span.spanStartAt === null ? null : new Date(span.spanStartAt) })),
  }));
}

/** JSON has no instants. */
interface CountedRow extends Omit<CountedDay, "belated" | "spans"> {
  belated: (Omit<Belated, "slotAt"> & { slotAt: string })[];
  spans: (Omit<Spanning, "slotAt" | "spanStartAt"> & { slotAt: string; spanStartAt: string | null })[];
}

/** On which days the slots were due that no scheduler was there for. The row that says so was written when one was there again. */
async function countMissed(tx: Tx, orgId: string, rows: readonly Spanning[], { timeZone, firstDay }: DayRange): Promise<Map<number, number>> {
  const ruleOf = await findSlotRules(tx, orgId, rows);
  const from = startOfDay(firstDay, timeZone);
  const missed = new Map<number, number>();
  for (const row of rows) {
    for (const [day, count] of slotsByDay(unservedSpan(row), ruleOf(row), timeZone, from)) missed.set(day, (missed.get(day) ?? 0) + count);
  }
  return missed;
}
