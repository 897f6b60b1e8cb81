import { INCIDENT_DAYS, type Incident } from "@/domain/incident";
import { listInstances } from "./heartbeat";
import type { Tx } from "./transaction";

const MOST = 30;
/** Rows of the ledger that are written within one such step are told of as one incident: a scheduler that comes back writes thousands. */
const STEP = "5 minutes";

/**
 * What went wrong within the last 7 days, over all organizations, the newest first; 30 at most. Made of what is stored: the ledger and
 * the heartbeats. Needs a transaction that sees every organization.
 */
export async function listIncidents(tx: Tx): Promise<Incident[]> {
  const incidents = [...(await listMissed(tx)), ...(await listLostRuns(tx)), ...(await listProcesses(tx))];
  return incidents.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, MOST);
}

/** The partial index `run_incidents` finds the rows. */
async function listMissed(tx: Tx): Promise<Incident[]> {
  const rows = await tx.$queryRaw<{ at: Date; fromAt: Date; untilAt: Date; slots: number; schedules: number }[]>`
    select max(queued_at) as at, min(coalesce(span_start_at, slot_at)) as "fromAt", max(slot_at) as "untilAt",
      sum(missed_count)::float8 as slots, count(distinct schedule_id)::int as schedules
    from run where status = 'missed' and queued_at > now() - ${INCIDENT_DAYS} * interval '1 day'
    group by date_bin(${STEP}::interval, queued_at, 'epoch') order by 1 desc limit ${MOST}`;
  return rows.map((row) => ({ kind: "missed", ...row }));
}

/** A run that was abandoned lost its workers before; it is told of once. */
async function listLostRuns(tx: Tx): Promise<Incident[]> {
  return tx.$queryRaw`
    select kind, max(at) as at, count(*)::int as runs from (
      select case when status = 'abandoned' then 'abandoned' else 'interrupted' end as kind, coalesce(finished_at, started_at, queued_at) as at
      from run where (status = 'abandoned' or crash_count > 0) and queued_at > now() - ${INCIDENT_DAYS} * interval '1 day'
    ) lost group by kind, date_bin(${STEP}::interval, at, 'epoch') order by 2 desc limit ${MOST}`;
}

/** What stops in an orderly way signs off and leaves no heartbeat. */
async function listProcesses(tx: Tx): Promise<Incident[]> {
  const instances = await listInstances(tx);
  return instances.map(({ alive, host, pid, roles, startedAt, lastSeenAt }) => {
    const named = { process: `${host}, ${pid}`, roles };
    return alive ? { kind: "started", at: startedAt, ...named } : { kind: "gone", at: lastSeenAt, ...named };
  });
}
