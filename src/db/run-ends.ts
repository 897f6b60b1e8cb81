import { endedLine, type RequeueReason, requeuedLine } from "@/domain/run-event-lines";
import { hasFailed, type RunStatus } from "@/domain/run-status";
import { announce } from "./announce";
import { autoPauseAfter } from "./auto-pause";
import type { RunNotice } from "./notify";
import { enqueueRuns } from "./queue";
import { logRuns } from "./run-events";
import type { Tx } from "./transaction";

// How a run ends, or leaves its worker and goes back to the queue.

/**
 * Ends a run that waits or has begun: the one place through which every such run goes. What its sources gave stays; those without an
 * outcome become cancelled. The caller holds the run.
 *
 * A transaction may hold runs and lock their schedules after that, though a dispatch locks schedules, then organizations, then writes
 * runs: a dispatch waits for nobody's run. It leaves runs unlocked, and an active one, which alone its new row could collide with, it
 * sees, because the organization that it holds lets nobody begin one meanwhile. So hold runs before schedules, and no organization.
 */
export async function endRun(tx: Tx, { orgId, runId }: RunNotice, end: { status: RunStatus; message: string | null }): Promise<void> {
  await tx.$executeRaw`
    update run_source set status = 'cancelled', finished_at = clock_timestamp(), retry_at = null
    where org_id = ${orgId}::uuid and run_id = ${runId}::uuid and status in ('queued', 'fetching')`;
  await tx.$executeRaw`
    update run set status = ${end.status}::run_status, message = ${end.message}, finished_at = clock_timestamp(),
      lease_token = null, lease_expires_at = null,
      new_count = (select coalesce(sum(s.new_count), 0) from run_source s where s.org_id = ${orgId}::uuid and s.run_id = ${runId}::uuid)
    where id = ${runId}::uuid`;
  await logRuns(tx, [{ orgId, runId, lines: [endedLine(end)] }]);
  await announce(tx, [{ orgId, subject: runId, happening: { kind: "run_ended", runId } }]);
  if (hasFailed(end.status)) await autoPauseAfter(tx, orgId);
}

/** A run that goes back to the queue. */
export interface RequeuedRun extends RunNotice {
  reason: RequeueReason;
}

/**
 * Puts runs back into the queue with the sources that have no outcome yet; what waits for its next attempt goes on waiting.
 * The caller holds the runs.
 */
export async function requeueRuns(tx: Tx, runs: readonly RequeuedRun[]): Promise<void> {
  const runIds = runs.map((run) => run.runId);
  if (runIds.length === 0) return;
  await tx.$executeRaw`
    update run set status = 'queued', lease_token = null, lease_expires_at = null, worker_id = null where id = any(${runIds}::uuid[])`;
  await tx.$executeRaw`
    update run_source rs set status = 'queued', waiting_at = null from run r
    where r.id = any(${runIds}::uuid[]) and rs.org_id = r.org_id and rs.run_id = r.id
      and (rs.status = 'fetching' or (rs.status = 'queued' and rs.waiting_at is not null))`;
  await enqueueRuns(tx, runIds);
  await logRuns(
    tx,
    runs.map(({ orgId, runId, reason }) => ({ orgId, runId, lines: [requeuedLine(reason)] })),
  );
}
