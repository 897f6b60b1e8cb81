import { HISTORY_SLOTS, HISTORY_WEEKS, type RunDay, type RunHistory, type SlotRecord } from "@/domain/run-history";
import { newestSlots, type SlotRule, type SlotSpan, slotsByDay } from "@/domain/span-slots";
import { resolveTimeZone } from "@/domain/time-zone";
import { dayInZone, formatIsoDay, mondayOf, startOfDay } from "@/domain/zone-days";
import { findSlotRules } from "./slot-rules";
import type { Tx } from "./transaction";

/** What a row of the ledger accounts for besides its run. */
interface Spanning {
  slotAt: Date;
  spanStartAt: Date | null;
  missedCount: number;
  supersededCount: number;
  scheduleId: string;
  scheduleVersion: number;
}

/** The organization's last 26 weeks by days of the schedule's zone, and its last 60 slots; `now` is the database's time. */
export async function readRunHistory(tx: Tx, orgId: string, now: Date): Promise<RunHistory> {
  const timeZone = await findZone(tx, orgId);
  const today = dayInZone(now, timeZone);
  const firstDay = mondayOf(today) - (HISTORY_WEEKS - 1) * 7;
  const days = await readDays(tx, orgId, { timeZone, firstDay, today });
  return { timeZone, from: formatIsoDay(firstDay), to: formatIsoDay(today), days, slots: await listRecentSlots(tx, orgId) };
}

/** A zone can vanish with an update of the time zone data; the history must not go with it. */
async function findZone(tx: Tx, orgId: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ timeZone: string }[]>`
    select coalesce(s.time_zone, o.time_zone) as "timeZone" from organization o left join schedule s on s.org_id = o.id where o.id = ${orgId}::uuid`;
  return row && resolveTimeZone(row.timeZone).ok ? row.timeZone : "UTC";
}

interface DayRange {
  timeZone: string;
  firstDay: number;
  today: number;
}

type DayCounts = Omit<RunDay, "date" | "missed"> & { day: number; spans: Spanning[] };

async function readDays(tx: Tx, orgId: string, range: DayRange): Promise<RunDay[]> {
  const counted = await countDays(tx, orgId, range);
  const missed = await countMissed(
    tx,
    orgId,
    counted.flatMap(({ spans }) => spans),
    range,
  );
  const byDay = new Map(counted.map((counts) => [counts.day, counts]));
  const days = [...new Set([...byDay.keys(), ...missed.keys()])].sort((a, b) => a - b);
  return days.map((day) => {
    const { runs = 0, failed = 0, skipped = 0, newItems = 0 } = byDay.get(day) ?? {};
    return { date: formatIsoDay(day), runs, failed, skipped, missed: missed.get(day) ?? 0, newItems };
  });
}

/**
 * One pass over the index on `queued_at`, day by day between the instants at which this program's own time zone data has them begin:
 * PostgreSQL's data may be older and may not know the zone. Days without a row are left out.
 */
async function countDays(tx: Tx, orgId: string, { timeZone, firstDay, today }: DayRange): Promise<DayCounts[]> {
  const days = Array.from({ length: today - firstDay + 1 }, (_, index) => firstDay + index);
  const bounds = [...days, today + 1].map((day) => startOfDay(day, timeZone).toISOString());
  const rows = await tx.$queryRaw<(DayCounts & { spans: (Omit<Spanning, "slotAt" | "spanStartAt"> & { slotAt: string; spanStartAt: string | null })[] })[]>`
    select d.day, counted.* from unnest(${days}::int[], ${bounds.slice(0, -1)}::timestamptz[], ${bounds.slice(1)}::timestamptz[]) as d(day, starts_at, ends_at)
    cross join lateral (
      select count(*) filter (where r.status not in ('skipped', 'missed'))::int as runs,
        count(*) filter (where r.status in ('failed', 'timed_out', 'abandoned'))::int as failed,
        count(*) filter (where r.status = 'skipped')::int as skipped, sum(r.new_count)::int as "newItems",
        coalesce(json_agg(json_build_object('slotAt', r.slot_at, 'spanStartAt', r.span_start_at, 'missedCount', r.missed_count,
          'supersededCount', r.superseded_count, 'scheduleId', r.schedule_id, 'scheduleVersion', r.schedule_version))
          filter (where r.missed_count > 0 or r.superseded_count > 0), '[]') as spans
      from run r where r.org_id = ${orgId}::uuid and r.queued_at >= d.starts_at and r.queued_at < d.ends_at having count(*) > 0
    ) as counted`;
  return rows.map((row) => ({
    ...row,
    spans: row.spans.map((span) => ({ ...span, slotAt: new Date(span.slotAt), spanStartAt: span.spanStartAt === null ? null : new Date(span.spanStartAt) })),
  }));
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

/** The slots of the row that never ran: all of a missed one; of any other those that its own slot took the place of. */
function unservedSpan({ slotAt, spanStartAt, missedCount, supersededCount }: Spanning): SlotSpan {
  const untilAt = missedCount > 0 ? new Date(slotAt.getTime() + 1) : slotAt;
  return { firstAt: spanStartAt ?? slotAt, untilAt, count: missedCount || supersededCount };
}

type SlotRow = Spanning & Omit<SlotRecord, "at" | "status"> & { status: Exclude<SlotRecord["status"], "passed_over"> };

/** The newest slots of the ledger, each of those that share a row on its own. */
async function listRecentSlots(tx: Tx, orgId: string): Promise<SlotRecord[]> {
  const rows = await readSlotRows(tx, orgId);
  const ruleOf = await findSlotRules(
    tx,
    orgId,
    rows.filter((row) => row.missedCount > 1 || row.supersededCount > 0),
  );
  return rows.flatMap((row) => slotsOfRow(row, ruleOf(row))).slice(0, HISTORY_SLOTS);
}

function slotsOfRow(row: SlotRow, rule: SlotRule | null): SlotRecord[] {
  const { slotAt, spanStartAt: _1, missedCount, supersededCount, scheduleId: _2, scheduleVersion: _3, ...record } = row;
  const unserved = missedCount + supersededCount > 0 ? newestSlots(unservedSpan(row), rule, HISTORY_SLOTS) : [];
  if (missedCount > 0) return unserved.map((at) => ({ ...record, at }));
  const { runId, runNumber } = record;
  const passedOver = unserved.map((at) => ({ ...NEVER_RAN, at, runId, runNumber }));
  return [{ ...record, at: slotAt }, ...passedOver];
}

const NEVER_RAN = {
  status: "passed_over",
  ...{ newCount: 0, changedCount: 0, sourceCount: 0, failedSourceCount: 0 },
  ...{ startedAt: null, finishedAt: null, blockingRunNumber: null, message: null },
} as const satisfies Partial<SlotRecord>;

/** Each row stands for one slot at least, so no more of them are needed. */
function readSlotRows(tx: Tx, orgId: string): Promise<SlotRow[]> {
  return tx.$queryRaw`
    select r.id as "runId", r.number as "runNumber", r.status, r.slot_at as "slotAt", r.span_start_at as "spanStartAt", r.missed_count as "missedCount",
      r.superseded_count as "supersededCount", r.schedule_id as "scheduleId", r.schedule_version as "scheduleVersion", r.started_at as "startedAt",
      r.finished_at as "finishedAt", (select b.number from run b where b.org_id = r.org_id and b.id = r.blocking_run_id) as "blockingRunNumber",
      coalesce(r.message, failure.words) as message, totals.*
    from (
      select * from run where org_id = ${orgId}::uuid and trigger = 'schedule' and slot_at is not null and schedule_id is not null
      order by number desc limit ${HISTORY_SLOTS}
    ) r cross join lateral (
      select count(*)::int as "sourceCount", count(*) filter (where s.status = 'failed')::int as "failedSourceCount",
        coalesce(sum(s.new_count), 0)::int as "newCount", coalesce(sum(s.changed_count), 0)::int as "changedCount"
      from run_source s where s.org_id = r.org_id and s.run_id = r.id
    ) totals left join lateral (
      select s.name || ': ' || s.message as words from run_source s
      where s.org_id = r.org_id and s.run_id = r.id and s.status = 'failed' order by s.position limit 1
    ) failure on true
    order by r.number desc`;
}
