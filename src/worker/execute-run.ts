import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { finishRun, handBackRun, type Lease, LeaseLostError, releaseLease, type TakenRun, takeRun } from "@/db/run-lease";
import { listOutcomes, listPendingSources, type PendingSource, snapshotSources } from "@/db/run-sources";
import { planRunEnd } from "@/domain/run-end";
import { type CollectDeps, collectSource } from "./collect-source";
import { type Supervision, superviseRun } from "./supervise-run";

/** Sources of one run that are collected at the same time. */
const PARALLEL_SOURCES = 4;
const RELEASE_DELAYS_MS = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000];

export interface ExecuteDeps extends CollectDeps {
  /** Names this process on the runs that it holds; its liveness lock has the same name. */
  instanceId: string;
}

/**
 * Works on a queued run until it ends: takes it, collects the sources that have no outcome yet, finishes it. A run that is not
 * queued (ended, or held by another worker) is left alone. When `shutdown` is aborted the run goes back to the queue.
 */
export async function executeRun(deps: ExecuteDeps, runId: string, shutdown: AbortSignal): Promise<void> {
  const token = randomUUID();
  const run = await deps.db.withSystem((tx) => takeRun(tx, runId, { workerId: deps.instanceId, token }));
  if (!run) return;
  const lease: Lease = { orgId: run.orgId, runId, token };
  const supervision = superviseRun(deps, lease, { remainingMs: run.limitMs - run.elapsedMs, shutdown });
  try {
    await collectSources(deps, lease, run, supervision);
    await endRun(deps, lease, run, supervision);
  } catch (error) {
    await giveUp(deps, lease, error);
  } finally {
    supervision.stop();
  }
}

async function collectSources(deps: ExecuteDeps, lease: Lease, run: TakenRun, supervision: Supervision) {
  const pending = await deps.db.withSystem(async (tx) => {
    await snapshotSources(tx, lease, run.presetId);
    return listPendingSources(tx, lease);
  });
  await inParallel(pending, PARALLEL_SOURCES, (source) => collectSource(deps, lease, source, supervision.signal));
}

/** Works through the list with a few at a time; after a failure nothing new is begun, and what was begun is waited for. */
async function inParallel(sources: PendingSource[], width: number, work: (source: PendingSource) => Promise<void>) {
  const rest = sources.values();
  let failed = false;
  const lane = async () => {
    for (const source of rest) {
      if (failed) return;
      await work(source).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane));
  for (const result of lanes) if (result.status === "rejected") throw result.reason;
}

async function endRun(deps: ExecuteDeps, lease: Lease, run: TakenRun, supervision: Supervision) {
  await deps.db.withSystem(async (tx) => {
    const end = planRunEnd(await listOutcomes(tx, lease), supervision.interruption(), run.limitMs);
    if (end.kind === "finish") await finishRun(tx, lease, end);
    if (end.kind === "hand_back") await handBackRun(tx, lease);
  });
}

/** Whatever went wrong here is not the run's fault: somebody takes it up again, at the latest when the lease runs out. */
async function giveUp(deps: ExecuteDeps, lease: Lease, error: unknown) {
  if (error instanceof LeaseLostError) {
    deps.log.warn({ runId: lease.runId }, "the run is no longer ours, leaving it");
    return;
  }
  deps.log.error({ err: error, runId: lease.runId }, "a run could not be worked on, it will be resumed");
  await release(deps, lease);
}

/** Tells the others to take it up now. The likeliest trouble is a database that restarts, so it is tried for half a minute. */
async function release(deps: ExecuteDeps, lease: Lease) {
  for (const delayMs of RELEASE_DELAYS_MS) {
    await sleep(delayMs);
    const released = await deps.db
      .withSystem((tx) => releaseLease(tx, lease))
      .then(
        () => true,
        () => false,
      );
    if (released) return;
  }
}
