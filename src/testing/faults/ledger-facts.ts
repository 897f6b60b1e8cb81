import type pg from "pg";
import type { MissedPolicy } from "@/domain/schedule";

/** A row of the ledger that stands for a slot. */
export interface SlotRow {
  orgId: string;
  scheduleId: string;
  number: number;
  status: string;
  slotAt: Date;
  latenessMs: number;
  spanStartAt: Date | null;
  supersededCount: number;
  missedCount: number;
  blockingRunId: string | null;
  /** When the run that was in the way was active; null when there is no such run. */
  blockingQueuedAt: Date | null;
  blockingFinishedAt: Date | null;
  message: string | null;
  queuedAt: Date;
}

/** A schedule as it is stored. */
export interface StoredSchedule {
  id: string;
  orgId: string;
  cronExpression: string;
  timeZone: string;
  enabled: boolean;
  isPaused: boolean;
  missedPolicy: MissedPolicy;
  graceMs: number;
  spreadMs: number;
  lowerBoundAt: Date;
  nextRunAt: Date | null;
  dueAt: Date | null;
  problem: string | null;
}

/** Every row of the ledger that has a slot, oldest slot first. */
export async function readSlotRows(client: pg.Client): Promise<SlotRow[]> {
  const { rows } = await client.query<SlotRow>(
    `select r.org_id as "orgId", r.schedule_id as "scheduleId", r.number, r.status::text as status, r.slot_at as "slotAt",
       r.lateness_ms as "latenessMs", r.span_start_at as "spanStartAt", r.superseded_count as "supersededCount",
       r.missed_count as "missedCount", r.blocking_run_id as "blockingRunId", b.queued_at as "blockingQueuedAt",
       b.finished_at as "blockingFinishedAt", r.message, r.queued_at as "queuedAt"
     from run r left join run b on b.org_id = r.org_id and b.id = r.blocking_run_id
     where r.slot_at is not null order by r.slot_at, r.number`,
  );
  return rows;
}

/** Every schedule. */
export async function readSchedules(client: pg.Client): Promise<StoredSchedule[]> {
  const { rows } = await client.query<StoredSchedule>(
    `select id, org_id as "orgId", cron_expression as "cronExpression", time_zone as "timeZone", enabled, paused_at is not null as "isPaused",
       missed_policy::text as "missedPolicy", grace_ms as "graceMs", spread_ms as "spreadMs", lower_bound_at as "lowerBoundAt",
       next_run_at as "nextRunAt", due_at as "dueAt", problem
     from schedule`,
  );
  return rows;
}
