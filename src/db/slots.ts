import { Prisma } from "@/generated/prisma/client";
import { announceMissed } from "./announce-missed";
import { addRunJobs } from "./queue";
import type { Tx } from "./transaction";

/** What a dispatch decided for these schedules alike. */
export interface SlotOutcome {
  /** Their ids and the numbers of their rows, joined by commas, as they were claimed. */
  ids: string;
  runNumbers: string;
  count: number;
  /** The row for each one's ledger; null where no slot was due. */
  row: LedgerRow | null;
  advance: Advance;
}

/** A row for the ledger, as the plan says. */
export interface LedgerRow {
  status: "queued" | "skipped" | "missed";
  slotAt: Date;
  latenessMs: number;
  spanStartAt: Date | null;
  supersededCount: number;
  missedCount: number;
  blockingRunId: string | null;
  message: string | null;
}

/** Where a claimed schedule goes on. */
export interface Advance {
  lowerBoundAt: Date;
  nextRunAt: Date | null;
  dueAt: Date | null;
  problem: string | null;
}

/** Pages cannot wait for runs that they do not know yet: in a burst it is enough that somebody hears of it. */
const MOST_NOTICES = 20;

const OUTCOME_COLUMNS = Prisma.sql`ids text, "runNumbers" text, status run_status, "slotAt" timestamptz(3), "latenessMs" int,
  "spanStartAt" timestamptz(3), "supersededCount" int, "missedCount" int, "blockingRunId" uuid, message text, "lowerBoundAt" timestamptz(3),
  "nextRunAt" timestamptz(3), "dueAt" timestamptz(3), problem text`;

/**
 * Writes the ledger rows, queues the runs among them and moves the schedules on, all in the caller's transaction, which has claimed them.
 * A slot that stands in the ledger already is left as it is: the unique index decides, whoever comes first. A number without a row is given
 * back. A schedule that is dispatched is not paused any more.
 *
 * One statement, and what schedules have in common is sent once: in a burst most of them have the same slot and next slot.
 */
export async function recordSlots(tx: Tx, outcomes: readonly SlotOutcome[], defaultRunLimitMs: number): Promise<void> {
  const decided = JSON.stringify(outcomes.map(({ row, advance, ids, runNumbers }) => ({ ids, runNumbers, ...row, ...advance })));
  await tx.$executeRaw`
    with target as materialized (
      select t.id, t.number, o.* from jsonb_to_recordset(${decided}::jsonb) as o(${OUTCOME_COLUMNS}),
        unnest(string_to_array(o.ids, ',')::uuid[], string_to_array(o."runNumbers", ',')::int[]) as t(id, number)
    ), advanced as (
      update schedule s set lower_bound_at = t."lowerBoundAt", next_run_at = t."nextRunAt", due_at = t."dueAt", problem = t.problem,
        paused_at = null, paused_until = null, pause_note = null, paused_by_id = null,
        skip_slot_at = case when s.skip_slot_at > t."lowerBoundAt" then s.skip_slot_at end
      from target t
      where s.id = t.id and s.id = any(array(select id from target))
      returning t.*, s.org_id, s.version, s.preset_id, coalesce(s.run_limit_ms, ${defaultRunLimitMs}) as limit_ms
    ), written as (${insertLedgerRows}), returned as (
      update organization o set last_run_number = last_run_number - 1
      where o.id = any(array(select org_id from advanced except select org_id from written))
    ), noticed as (
      select pg_notify('milkrun_run', json_build_object('orgId', org_id, 'runId', id)::text) from (select * from written limit ${MOST_NOTICES}) w
    )
    select (select count(*) from noticed), ${addRunJobs(Prisma.sql`select id::text as id from written where status = 'queued'`)}`;
  await announceMissed(
    tx,
    outcomes.flatMap(({ ids, row }) => (row?.status === "missed" ? { ids, slotAt: row.slotAt } : [])),
  );
}

const insertLedgerRows = Prisma.sql`
  insert into run (id, org_id, number, trigger, status, schedule_id, schedule_version, slot_at, lateness_ms, span_start_at, superseded_count,
    missed_count, blocking_run_id, preset_id, preset_name, queued_at, finished_at, limit_ms, message)
  select gen_random_uuid(), a.org_id, a.number, 'schedule', a.status, a.id, a.version, a."slotAt", a."latenessMs", a."spanStartAt", a."supersededCount",
    a."missedCount", a."blockingRunId", a.preset_id, (select p.name from preset p where p.org_id = a.org_id and p.id = a.preset_id), clock_timestamp(),
    case when a.status = 'queued' then null else clock_timestamp() end, a.limit_ms, a.message
  from advanced a
  where a.status is not null
  order by a.org_id
  on conflict (org_id, schedule_id, slot_at) do nothing
  returning id, org_id, status`;
