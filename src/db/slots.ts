import type { MissedPolicy } from "@/domain/schedule";
import { enqueueRuns } from "./queue";
import type { Tx } from "./transaction";

/** A schedule whose slot has come, locked for this transaction. */
export interface DueSchedule {
  id: string;
  orgId: string;
  version: number;
  cronExpression: string;
  timeZone: string;
  missedPolicy: MissedPolicy;
  graceMs: number;
  runLimitMs: number | null;
  presetId: string | null;
  presetName: string | null;
  lowerBoundAt: Date;
  nextRunAt: Date;
  spreadMs: number;
  skipSlotAt: Date | null;
  activeRunId: string | null;
}

/**
 * Claims up to `limit` due schedules that nobody else is dispatching, by the database's clock.
 * Their organizations are locked too, so that no manual run can begin between looking for an active run and writing the ledger.
 */
export async function claimDueSchedules(tx: Tx, limit: number): Promise<{ now: Date; due: DueSchedule[] }> {
  const claimed = await tx.$queryRaw<{ id: string; orgId: string }[]>`
    select id, org_id as "orgId" from schedule
    where enabled and due_at <= clock_timestamp()
    order by due_at limit ${limit}
    for update skip locked`;
  const [clock] = await tx.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
  if (claimed.length === 0) return { now: clock.now, due: [] };
  await tx.$executeRaw`
    select id from organization where id = any(${claimed.map((row) => row.orgId)}::uuid[]) order by id for no key update`;
  const due = await tx.$queryRaw<DueSchedule[]>`
    select s.id, s.org_id as "orgId", s.version, s.cron_expression as "cronExpression", s.time_zone as "timeZone",
      s.missed_policy::text as "missedPolicy", s.grace_ms as "graceMs", s.run_limit_ms as "runLimitMs",
      s.preset_id as "presetId", p.name as "presetName", s.lower_bound_at as "lowerBoundAt", s.next_run_at as "nextRunAt",
      s.spread_ms as "spreadMs", s.skip_slot_at as "skipSlotAt",
      r.id as "activeRunId"
    from schedule s
    left join preset p on p.org_id = s.org_id and p.id = s.preset_id
    left join run r on r.org_id = s.org_id and r.status in ('queued', 'running')
    where s.id = any(${claimed.map((row) => row.id)}::uuid[])`;
  return { now: clock.now, due };
}

/** A row for the ledger, as the plan says. */
export interface LedgerRow {
  id: string;
  orgId: string;
  scheduleId: string;
  scheduleVersion: number;
  status: "queued" | "skipped" | "missed";
  slotAt: Date;
  latenessMs: number;
  spanStartAt: Date | null;
  supersededCount: number;
  missedCount: number;
  blockingRunId: string | null;
  presetId: string | null;
  presetName: string | null;
  limitMs: number;
  message: string | null;
}

/** Where a claimed schedule goes on. */
export interface Advance {
  id: string;
  lowerBoundAt: Date;
  nextRunAt: Date | null;
  dueAt: Date | null;
  problem: string | null;
}

/**
 * Writes the ledger rows, queues the runs among them and moves the schedules on, all in the caller's transaction.
 * A slot that stands in the ledger already is left as it is: the unique index decides, whoever comes first. A schedule that is
 * dispatched is not paused any more.
 */
export async function recordSlots(tx: Tx, rows: readonly LedgerRow[], advances: readonly Advance[]): Promise<void> {
  const written = await insertLedgerRows(tx, rows);
  await enqueueRuns(
    tx,
    written.filter((row) => row.status === "queued").map((row) => row.id),
  );
  await tx.$executeRaw`
    update schedule s set lower_bound_at = a."lowerBoundAt", next_run_at = a."nextRunAt", due_at = a."dueAt", problem = a.problem,
      paused_at = null, paused_until = null, pause_note = null, paused_by_id = null,
      skip_slot_at = case when s.skip_slot_at > a."lowerBoundAt" then s.skip_slot_at end
    from jsonb_to_recordset(${JSON.stringify(advances)}::jsonb)
      as a(id uuid, "lowerBoundAt" timestamptz(3), "nextRunAt" timestamptz(3), "dueAt" timestamptz(3), problem text)
    where s.id = a.id`;
  await tx.$executeRaw`
    select pg_notify('milkrun_run', json_build_object('orgId', org_id, 'runId', id)::text) from run where id = any(${written.map((row) => row.id)}::uuid[])`;
}

async function insertLedgerRows(tx: Tx, rows: readonly LedgerRow[]): Promise<{ id: string; status: string }[]> {
  if (rows.length === 0) return [];
  return tx.$queryRaw`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(id uuid, "orgId" uuid, "scheduleId" uuid, "scheduleVersion" int,
        status run_status, "slotAt" timestamptz(3), "latenessMs" int, "spanStartAt" timestamptz(3), "supersededCount" int, "missedCount" int,
        "blockingRunId" uuid, "presetId" uuid, "presetName" text, "limitMs" int, message text)
    ), numbered as (
      update organization o set last_run_number = last_run_number + w.count
      from (select "orgId", count(*)::int as count from wanted group by 1) w
      where o.id = w."orgId" returning o.id, o.last_run_number - w.count as base
    )
    insert into run (id, org_id, number, trigger, status, schedule_id, schedule_version, slot_at, lateness_ms, span_start_at, superseded_count,
      missed_count, blocking_run_id, preset_id, preset_name, queued_at, finished_at, limit_ms, message)
    select w.id, w."orgId", n.base + row_number() over (partition by w."orgId" order by w."slotAt"), 'schedule', w.status, w."scheduleId",
      w."scheduleVersion", w."slotAt", w."latenessMs", w."spanStartAt", w."supersededCount", w."missedCount", w."blockingRunId", w."presetId",
      w."presetName", clock_timestamp(), case when w.status = 'queued' then null else clock_timestamp() end, w."limitMs", w.message
    from wanted w join numbered n on n.id = w."orgId"
    on conflict (org_id, schedule_id, slot_at) do nothing
    returning id, status::text as status`;
}
