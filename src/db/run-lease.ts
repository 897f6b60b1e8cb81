import { takenLine } from "@/domain/run-event-lines";
import { LEASE_MS, LEASE_RENEW_MS, type RunStatus, type RunTrigger } from "@/domain/run-status";
import { keptPlan } from "./kept-plan";
import { endRun, type RequeuedRun, requeueRuns } from "./run-ends";
import { logRuns } from "./run-events";
import type { SqlTx, Tx } from "./transaction";

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
  trigger: RunTrigger;
  attempt: number;
  limitMs: number;
  /** How long the run has been going, over all attempts. */
  elapsedMs: number;
  /** When it was taken, by the database's clock. */
  takenAt: Date;
}

/** Takes a queued run for this worker, or null when it is not (or no longer) to be worked on. Again with the same token changes nothing. */
export async function takeRun(tx: Tx, runId: string, worker: { workerId: string; token: string }): Promise<TakenRun | null> {
  const [taken] = await tx.$queryRaw<(TakenRun & { isFirst: boolean })[]>`
    with free as materialized (
      select id, status = 'queued' as is_first from run
      where id = ${runId}::uuid and (status = 'queued' or (status = 'running' and lease_token = ${worker.token}::uuid))
      for update
    )
    update run set status = 'running', attempt = attempt + case when is_first then 1 else 0 end,
      lease_token = ${worker.token}::uuid, worker_id = ${worker.workerId}::uuid,
      lease_expires_at = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond', started_at = coalesce(started_at, clock_timestamp())
    from free where run.id = free.id
    returning run.id, org_id as "orgId", preset_id as "presetId", trigger::text as trigger, attempt, limit_ms as "limitMs",
      (extract(epoch from clock_timestamp() - started_at) * 1000)::int as "elapsedMs", clock_timestamp() as "takenAt", is_first as "isFirst"`;
  if (!taken) return null;
  const { isFirst, ...run } = taken;
  if (isFirst) await logRuns(tx, [{ orgId: run.orgId, runId, lines: [takenLine({ ...worker, attempt: run.attempt })] }]);
  return run;
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
 * Keeps several leases for another minute, but those of runs that are being written to, which would have to be waited for. Returns the ids of
 * the runs.
 */
export async function renewLeases(tx: Tx, leases: readonly Lease[]): Promise<string[]> {
  const renewed = await tx.$queryRaw<{ id: string }[]>`
    with free as materialized (
      select r.id from unnest(${idsOf(leases)}::uuid[], ${tokensOf(leases)}::uuid[]) as held(id, token)
        join run r on r.id = held.id and r.lease_token = held.token and r.status = 'running'
      for update of r skip locked
    )
    update run set lease_expires_at = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond' from free where run.id = free.id
    returning run.id`;
  return renewed.map(({ id }) => id);
}

export interface LeaseState {
  runId: string;
  /** Somebody asked for the run to stop. */
  cancelRequested: boolean;
  /** It is time to renew it, at the latest: another process may believe that this one is gone, and have given notice. */
  isToRenew: boolean;
}

/** How leases stand, of all runs that a process holds at once. Those that are lost are not among them. */
export async function lookAtLeases(tx: Tx, leases: readonly Lease[]): Promise<LeaseState[]> {
  return tx.$queryRaw<LeaseState[]>`
    select r.id as "runId", r.cancel_requested_at is not null as "cancelRequested",
      r.lease_expires_at < clock_timestamp() + ${LEASE_MS - LEASE_RENEW_MS} * interval '1 millisecond' as "isToRenew"
    from unnest(${idsOf(leases)}::uuid[], ${tokensOf(leases)}::uuid[]) as held(id, token)
      join run r on r.id = held.id and r.lease_token = held.token and r.status = 'running'`;
}

const idsOf = (leases: readonly Lease[]) => leases.map(({ runId }) => runId);
const tokensOf = (leases: readonly Lease[]) => leases.map(({ token }) => token);

/**
 * Locks the run until the transaction ends, if the lease still holds it. No result is written in a transaction that has not called it.
 * @throws LeaseLostError
 */
export async function holdLease(tx: SqlTx, lease: Lease): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>(keptPlan`
    select 1 from run where id = ${lease.runId}::uuid and lease_token = ${lease.token}::uuid and status = 'running' for update`);
  if (held.length === 0) throw new LeaseLostError(lease.runId);
}

/**
 * Ends the run; unfinished sources become cancelled.
 * @throws LeaseLostError, also where it was ended already by a try whose answer got lost.
 */
export async function finishRun(tx: Tx, lease: Lease, end: { status: RunStatus; message: string | null }): Promise<void> {
  await holdLease(tx, lease);
  await endRun(tx, lease, end);
}

/**
 * Gives a run back to the queue because this process is stopping, or for another reason that is not the run's; it does not count as an
 * attempt.
 * @throws LeaseLostError
 */
export async function handBackRun(tx: Tx, lease: Lease, reason: RequeuedRun["reason"] = "shutdown"): Promise<void> {
  await holdLease(tx, lease);
  await tx.$executeRaw`update run set attempt = attempt - 1 where id = ${lease.runId}::uuid`;
  await requeueRuns(tx, [{ orgId: lease.orgId, runId: lease.runId, reason }]);
}

/**
 * Lets go of a run that could not be worked on: the next look for crashed runs takes it up at once and counts the attempt, but no
 * crash: that no worker stands on it says that none died. Without effect when the lease is lost already.
 */
export async function releaseLease(tx: Tx, lease: Lease): Promise<void> {
  await tx.$executeRaw`
    update run set lease_expires_at = clock_timestamp(), worker_id = null
    where id = ${lease.runId}::uuid and lease_token = ${lease.token}::uuid and status = 'running'`;
}
