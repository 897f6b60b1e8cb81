import { type DeadRun, type InterruptedSource, planReap, type ReapPlan } from "@/domain/reap-plan";
import { MAX_SOURCE_CRASHES } from "@/domain/run-status";
import type { RunNotice } from "./notify";
import { enqueueRuns, removeLeftJobs } from "./queue";
import { endRun, requeueRuns } from "./run-ends";
import type { Tx } from "./transaction";

/** A queued run whose work is not (or no longer) in the queue after this long is queued again. */
const LOST_AFTER = "30 seconds";
/** A worker that was given the work takes the run at once: one that did not died just then, or never heard of it. */
const TAKEN_WITHIN = "10 seconds";

/** Queues runs again that wait for a worker while nothing in the queue stands for them. Returns how many. */
export async function requeueLostRuns(tx: Tx): Promise<number> {
  const lost = await tx.$queryRaw<{ id: string }[]>`
    select id from run r
    where status = 'queued' and queued_at < clock_timestamp() - ${LOST_AFTER}::interval
      and not exists (select 1 from graphile_worker.jobs j where j.key = 'run:' || r.id and j.attempts < j.max_attempts
        and (j.locked_at is null or j.locked_at > clock_timestamp() - ${TAKEN_WITHIN}::interval))
    for update skip locked`;
  await enqueueRuns(
    tx,
    lost.map((run) => run.id),
  );
  await removeLeftJobs(tx);
  return lost.length;
}

type Dead = DeadRun & RunNotice;

/**
 * Takes up the runs whose lease ran out: their worker is frozen, gone or let go of them. They go back to the queue with the sources
 * that are left, or are abandoned when they have used up their attempts. Sources that processes died of are counted, and quarantined
 * at the third time.
 *
 * The leases of processes that no longer hold their liveness lock run out in `graceMs`, so a second look after that takes their runs.
 * A process that lost nothing but its connections renews them in time (`RECONNECT_GRACE_MS`). With 0, the default, one look
 * takes them: right at a start, when nobody is just connecting again.
 */
export async function reapRuns(tx: Tx, { graceMs }: { graceMs: number } = { graceMs: 0 }): Promise<{ resumed: number; abandoned: number }> {
  const gone = await listGoneWorkers(tx);
  await giveNotice(tx, gone, graceMs);
  const dead = await claimDeadRuns(tx);
  if (dead.length === 0) return { resumed: 0, abandoned: 0 };
  const plan = planReap(dead, await listInterrupted(tx, dead));
  await countCrashes(tx, dead, plan);
  await requeueRuns(
    tx,
    plan.resumed.map(({ orgId, runId, workerId }) => ({ orgId, runId, reason: workerId === null ? "released" : "crashed" })),
  );
  for (const { run, message } of plan.abandoned) await endRun(tx, run, { status: "abandoned", message });
  return { resumed: plan.resumed.length, abandoned: plan.abandoned.length };
}

// Row-level security keeps PostgreSQL from using what it knows of `status`, and it would go through the whole ledger. Of the lease, which
// only running runs have, it knows that it is rare: with a condition on it, it takes the index. A clock that moves would not do for that.

/** Of those that stand on running runs. Each process is asked after once, however many runs it has. */
async function listGoneWorkers(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with worker as materialized (
      select distinct worker_id as id from run where status = 'running' and lease_expires_at is not null and worker_id is not null
    ) select id from worker where not app.is_alive(id)`;
  return rows.map((row) => row.id);
}

/** Runs that somebody is writing to are left out, here and when they are claimed: whoever holds them lives, or loses the lock soon. */
async function giveNotice(tx: Tx, gone: string[], graceMs: number) {
  if (gone.length === 0) return;
  // Cut to the milliseconds that the column keeps: rounded up, a lease of 0 ms would not have run out yet.
  await tx.$executeRaw`
    update run set lease_expires_at = date_trunc('milliseconds', statement_timestamp()) + ${graceMs} * interval '1 millisecond'
    where id in (
      select id from run where status = 'running' and lease_expires_at > statement_timestamp() + ${graceMs} * interval '1 millisecond'
        and worker_id = any(${gone}::uuid[])
      for update skip locked)`;
}

/** Going back to the queue clears what says that a source waits: it waited in the hands of the worker that is gone. */
async function claimDeadRuns(tx: Tx): Promise<Dead[]> {
  return tx.$queryRaw`
    select r.org_id as "orgId", r.id as "runId", r.attempt, r.crash_count as "crashCount", r.worker_id as "workerId", exists (
        select 1 from run_source rs where rs.org_id = r.org_id and rs.run_id = r.id
          and ((rs.status = 'queued' and rs.waiting_at is not null) or (rs.status = 'fetching' and rs.retry_at is not null))
      ) as "isWaiting"
    from run r
    where r.status = 'running' and r.lease_expires_at <= statement_timestamp()
    for update of r skip locked`;
}

/** What was being collected; a source that waited for its next attempt did nothing that could end a process. */
async function listInterrupted(tx: Tx, dead: readonly Dead[]): Promise<InterruptedSource[]> {
  return tx.$queryRaw`
    select rs.run_id as "runId", s.id as "sourceId", s.crash_count as "crashCount"
    from run r join run_source rs on rs.org_id = r.org_id and rs.run_id = r.id join source s on s.org_id = rs.org_id and s.id = rs.source_id
    where r.id = any(${dead.map((run) => run.runId)}::uuid[]) and rs.status = 'fetching' and rs.retry_at is null`;
}

async function countCrashes(tx: Tx, dead: readonly Dead[], { spared, blamed }: ReapPlan<Dead>) {
  await tx.$executeRaw`
    update run set crash_count = crash_count + case when worker_id is null then 0 else 1 end,
      attempt = attempt - case when id = any(${spared.map((run) => run.runId)}::uuid[]) then 1 else 0 end
    where id = any(${dead.map((run) => run.runId)}::uuid[])`;
  await tx.$executeRaw`
    update source set crash_count = crash_count + 1,
      quarantined_at = case when crash_count + 1 >= ${MAX_SOURCE_CRASHES} then coalesce(quarantined_at, clock_timestamp()) else quarantined_at end
    where id = any(${blamed.map((source) => source.sourceId)}::uuid[])`;
}
