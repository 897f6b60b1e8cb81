import type { RunStatus } from "@/domain/run-status";
import { LEASE_MS, MAX_RUN_ATTEMPTS } from "@/domain/run-status";
import { notifyRun, type RunNotice } from "./notify";
import { enqueueRuns } from "./queue";
import type { Tx } from "./transaction";

/** Proof that this worker holds this run. Every write of a result checks it, so that a frozen worker that wakes up writes nothing. */
export interface Lease {
  orgId: string;
  runId: string;
  token: string;
}

/** The run is no longer this worker's: somebody else resumed it, or it ended. Not a failure of the run. */
export class LeaseLostError extends Error {
  constructor(runId: string) {
    super(`The lease of run ${runId} is lost.`);
    this.name = "LeaseLostError";
  }
}

export interface TakenRun {
  id: string;
  orgId: string;
  presetId: string | null;
  attempt: number;
  limitMs: number;
  /** How long the run has been going, over all attempts. */
  elapsedMs: number;
}

/** Takes a queued run for this worker, or null when it is not (or no longer) to be worked on. */
export async function takeRun(tx: Tx, runId: string, worker: { workerId: string; token: string }): Promise<TakenRun | null> {
  const [run] = await tx.$queryRaw<TakenRun[]>`
    update run set status = 'running', attempt = attempt + 1, lease_token = ${worker.token}::uuid, worker_id = ${worker.workerId}::uuid,
      lease_expires_at = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond', started_at = coalesce(started_at, clock_timestamp())
    where id = ${runId}::uuid and status = 'queued'
    returning id, org_id as "orgId", preset_id as "presetId", attempt, limit_ms as "limitMs",
      (extract(epoch from clock_timestamp() - started_at) * 1000)::int as "elapsedMs"`;
  if (run) await notifyRun(tx, run.orgId, run.id);
  return run ?? null;
}

/**
 * Keeps the lease for another minute.
 * @throws LeaseLostError
 */
export async function renewLease(tx: Tx, lease: Lease): Promise<void> {
  const renewed = await tx.$executeRaw`
    update run set lease_expires_at = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond'
    where id = ${lease.runId}::uuid and lease_token = ${lease.token}::uuid and status = 'running'`;
  if (renewed === 0) throw new LeaseLostError(lease.runId);
}

/**
 * Whether somebody asked for the run to stop.
 * @throws LeaseLostError
 */
export async function isCancelRequested(tx: Tx, lease: Lease): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ requested: boolean }[]>`
    select cancel_requested_at is not null as requested from run
    where id = ${lease.runId}::uuid and lease_token = ${lease.token}::uuid and status = 'running'`;
  if (!row) throw new LeaseLostError(lease.runId);
  return row.requested;
}

/**
 * Locks the run until the transaction ends, if the lease still holds it. Call it first in every transaction that writes a result.
 * @throws LeaseLostError
 */
export async function holdLease(tx: Tx, lease: Lease): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`
    select 1 from run where id = ${lease.runId}::uuid and lease_token = ${lease.token}::uuid and status = 'running' for update`;
  if (held.length === 0) throw new LeaseLostError(lease.runId);
}

/**
 * Ends the run; unfinished sources become cancelled.
 * @throws LeaseLostError
 */
export async function finishRun(tx: Tx, lease: Lease, end: { status: RunStatus; message: string | null }): Promise<void> {
  await holdLease(tx, lease);
  await tx.$executeRaw`
    update run_source set status = 'cancelled', finished_at = clock_timestamp()
    where org_id = ${lease.orgId}::uuid and run_id = ${lease.runId}::uuid and status in ('queued', 'fetching')`;
  await tx.$executeRaw`
    update run set status = ${end.status}::run_status, message = ${end.message}, finished_at = clock_timestamp(),
      lease_token = null, lease_expires_at = null
    where id = ${lease.runId}::uuid`;
  await notifyRun(tx, lease.orgId, lease.runId);
}

/**
 * Gives a run back to the queue because this process is stopping; it does not count as an attempt.
 * @throws LeaseLostError
 */
export async function handBackRun(tx: Tx, lease: Lease): Promise<void> {
  await holdLease(tx, lease);
  await tx.$executeRaw`
    update run set status = 'queued', attempt = attempt - 1, lease_token = null, lease_expires_at = null, worker_id = null
    where id = ${lease.runId}::uuid`;
  await requeueSources(tx, [lease.runId]);
  await enqueueRuns(tx, [lease.runId]);
  await notifyRun(tx, lease.orgId, lease.runId);
}

/**
 * Lets go of a run that could not be worked on: the next look for crashed runs takes it up at once, as if the process had died, and
 * counts the attempt. Without effect when the lease is lost already.
 */
export async function releaseLease(tx: Tx, lease: Lease): Promise<void> {
  await tx.$executeRaw`
    update run set lease_expires_at = clock_timestamp() where id = ${lease.runId}::uuid and lease_token = ${lease.token}::uuid and status = 'running'`;
}

async function requeueSources(tx: Tx, runIds: readonly string[]) {
  await tx.$executeRaw`update run_source set status = 'queued' where run_id = any(${[...runIds]}::uuid[]) and status = 'fetching'`;
}

/** A queued run whose work is not (or no longer) in the queue after this long is queued again. */
const LOST_AFTER = "1 minute";

/** Queues runs again that wait for a worker while nothing in the queue stands for them. Returns how many. */
export async function requeueLostRuns(tx: Tx): Promise<number> {
  const lost = await tx.$queryRaw<{ id: string }[]>`
    select id from run r
    where status = 'queued' and queued_at < clock_timestamp() - ${LOST_AFTER}::interval
      and not exists (select 1 from graphile_worker.jobs j where j.key = 'run:' || r.id and j.attempts < j.max_attempts)
    for update skip locked`;
  await enqueueRuns(
    tx,
    lost.map((run) => run.id),
  );
  return lost.length;
}

/**
 * Finds runs whose worker is gone: its lease expired, or its process no longer holds its liveness lock. They go back to the queue
 * with the sources that are left, or are abandoned when they have used up their attempts.
 */
export async function reapRuns(tx: Tx): Promise<{ resumed: number; abandoned: number }> {
  const dead = await tx.$queryRaw<(RunNotice & { attempt: number })[]>`
    select org_id as "orgId", id as "runId", attempt from run r
    where status = 'running' and (lease_expires_at < clock_timestamp() or not app.is_alive(worker_id))
    for update skip locked`;
  const resumed = dead.filter((run) => run.attempt < MAX_RUN_ATTEMPTS);
  const abandoned = dead.filter((run) => run.attempt >= MAX_RUN_ATTEMPTS);
  const resumedIds = resumed.map((run) => run.runId);
  const abandonedIds = abandoned.map((run) => run.runId);
  if (dead.length === 0) return { resumed: 0, abandoned: 0 };
  await tx.$executeRaw`
    update run set status = 'queued', lease_token = null, lease_expires_at = null, worker_id = null where id = any(${resumedIds}::uuid[])`;
  await requeueSources(tx, resumedIds);
  await enqueueRuns(tx, resumedIds);
  await tx.$executeRaw`
    update run_source set status = 'cancelled', finished_at = clock_timestamp()
    where run_id = any(${abandonedIds}::uuid[]) and status in ('queued', 'fetching')`;
  await tx.$executeRaw`
    update run set status = 'abandoned', lease_token = null, lease_expires_at = null, finished_at = clock_timestamp(),
      message = ${`Its worker stopped without a word ${MAX_RUN_ATTEMPTS} times. What it collected stays. The next slot runs as planned.`}
    where id = any(${abandonedIds}::uuid[])`;
  for (const run of dead) await notifyRun(tx, run.orgId, run.runId);
  return { resumed: resumed.length, abandoned: abandoned.length };
}
