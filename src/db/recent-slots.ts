import { HISTORY_SLOTS } from "@/domain/history-extent";
import type { RecentSlot } from "@/domain/run-history";
import type { RunStatus } from "@/domain/run-status";
import { newestSlots, type SlotRule } from "@/domain/span-slots";
import type { Tx } from "./transaction";
import { findSlotRules, type Spanning, unservedSpan } from "./unserved-slots";

type SlotRow = Spanning & Omit<RecentSlot, "at" | "status"> & { status: RunStatus };

/** The newest slots of the ledger, each of those that share a row on its own. */
export async function listRecentSlots(tx: Tx, orgId: string): Promise<RecentSlot[]> {
  const rows = await readSlotRows(tx, orgId);
  const ruleOf = await findSlotRules(
    tx,
    orgId,
    rows.filter((row) => row.missedCount > 1 || row.supersededCount > 0),
  );
  return rows.flatMap((row) => slotsOfRow(row, ruleOf(row))).slice(0, HISTORY_SLOTS);
}

function slotsOfRow(row: SlotRow, rule: SlotRule | null): RecentSlot[] {
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
} as const satisfies Partial<RecentSlot>;

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
