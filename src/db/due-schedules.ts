import type { MissedPolicy } from "@/domain/schedule";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** Schedules whose slot has come, locked for this transaction, that differ in nothing that decides what becomes of it. */
export interface DueSchedules {
  /** Their ids, joined by commas: they are only handed back, and a thousand strings would cost more than everything that is computed. */
  ids: string;
  /** In the same order, the numbers of the rows that their slots get, taken already. */
  runNumbers: string;
  count: number;
  cronExpression: string;
  timeZone: string;
  missedPolicy: MissedPolicy;
  graceMs: number;
  lowerBoundAt: Date;
  nextRunAt: Date;
  spreadMs: number;
  /** Whose share of the spread it is; null without a spread. */
  orgId: string | null;
  skipSlotAt: Date | null;
  activeRunId: string | null;
}

/** As the database writes them into JSON. */
type DueJson = Omit<DueSchedules, "lowerBoundAt" | "nextRunAt" | "skipSlotAt" | "activeRunId"> & {
  lowerBoundAt: string;
  nextRunAt: string;
  skipSlotAt: string | null;
};

/**
 * The schedules that are due by the database's clock and that nobody else is dispatching, the longest due first. The time of the
 * statement, because a clock that moves while it runs keeps PostgreSQL from looking the instant up in the index.
 */
export const selectDue = (limit: number) => Prisma.sql`
  select * from schedule where enabled and due_at <= statement_timestamp() order by due_at limit ${limit} for update skip locked`;

/**
 * Claims up to `limit` due schedules that nobody else is dispatching, by the database's clock, and takes a run number for each. That locks
 * their organizations too, so that no manual run can begin between looking for an active run and writing the ledger.
 */
export async function claimDueSchedules(tx: Tx, limit: number): Promise<{ now: Date; due: readonly DueSchedules[] }> {
  const [claimed] = await tx.$queryRaw<[{ now: Date; due: string | null }]>`
    with claimed as materialized (${selectDue(limit)}), numbered as (
      update organization o set last_run_number = last_run_number + 1 from claimed c
      where o.id = c.org_id and o.id = any(array(select org_id from claimed)) returning o.id, o.last_run_number
    ), alike as (
      select string_agg(c.id::text, ',') as ids, string_agg(n.last_run_number::text, ',') as "runNumbers", count(*) as count,
        c.cron_expression as "cronExpression", c.time_zone as "timeZone", c.missed_policy as "missedPolicy", c.grace_ms as "graceMs",
        c.lower_bound_at as "lowerBoundAt", c.next_run_at as "nextRunAt", c.spread_ms as "spreadMs", c.skip_slot_at as "skipSlotAt",
        case when c.spread_ms > 0 then c.org_id end as "orgId"
      from claimed c join numbered n on n.id = c.org_id
      group by 4, 5, 6, 7, 8, 9, 10, 11, 12
    )
    select json_agg(alike)::text as due, clock_timestamp() as now from alike`;
  if (claimed.due === null) return { now: claimed.now, due: [] };
  const due = (JSON.parse(claimed.due) as DueJson[]).map(toDueSchedules);
  return { now: claimed.now, due: setBusyApart(due, await listActiveRuns(tx, due)) };
}

function toDueSchedules(row: DueJson): DueSchedules {
  return {
    ...row,
    lowerBoundAt: new Date(row.lowerBoundAt),
    nextRunAt: new Date(row.nextRunAt),
    skipSlotAt: row.skipSlotAt === null ? null : new Date(row.skipSlotAt),
    activeRunId: null,
  };
}

/**
 * The queued or running run of the organization of each schedule that has one. A statement of its own: it sees the runs that were
 * committed while the claim waited for the organizations.
 */
async function listActiveRuns(tx: Tx, due: readonly DueSchedules[]): Promise<Map<string, string>> {
  // The limit, which changes nothing, makes PostgreSQL look each organization up: in a burst most of the ledger's newest runs are active.
  const rows = await tx.$queryRaw<{ scheduleId: string; runId: string }[]>`
    select s.id as "scheduleId", active.id as "runId" from schedule s, lateral (
      select r.id from run r where r.org_id = s.org_id and (r.status = 'queued' or r.status = 'running') limit 1) as active
    where s.id = any(string_to_array(${due.map(({ ids }) => ids).join(",")}, ',')::uuid[])`;
  return new Map(rows.map((row) => [row.scheduleId, row.runId]));
}

/** Each schedule whose organization is busy stands alone, with the run in its way. */
function setBusyApart(due: readonly DueSchedules[], active: ReadonlyMap<string, string>): readonly DueSchedules[] {
  if (active.size === 0) return due;
  return due.flatMap((schedules) => {
    const numbers = schedules.runNumbers.split(",");
    const members = schedules.ids.split(",").map((id, nth) => ({ id, runNumber: numbers[nth] ?? "", activeRunId: active.get(id) ?? null }));
    const free = members.filter(({ activeRunId }) => activeRunId === null);
    const busy = members.filter(({ activeRunId }) => activeRunId !== null);
    const rest = { ...schedules, ids: free.map(({ id }) => id).join(","), runNumbers: free.map(({ runNumber }) => runNumber).join(","), count: free.length };
    const alone = busy.map(({ id, runNumber, activeRunId }) => ({ ...schedules, ids: id, runNumbers: runNumber, count: 1, activeRunId }));
    return free.length === 0 ? alone : [rest, ...alone];
  });
}
