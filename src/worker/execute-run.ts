import { randomUUID } from "node:crypto";
import { finishRun, handBackRun, type Lease, LeaseLostError, releaseLease, type TakenRun, takeRun } from "@/db/run-lease";
import { failQuarantined, listOutcomes, listPendingSources, type PendingSource, recordNotDue, snapshotSources } from "@/db/run-sources";
import { isDiskFull } from "@/db/sql-state";
import type { Tx } from "@/db/transaction";
import { createFairTurns, type FairTurns } from "@/domain/fair-turns";
import { createNestedTurns } from "@/domain/nested-turns";
import { planRunEnd, type RunEnd } from "@/domain/run-end";
import { type CollectDeps, collectSource } from "./collect-source";
import { collectSources } from "./collect-sources";
import { createLeaseKeeper, type LeaseKeeper } from "./lease-keeper";
import { leaveUnasked } from "./leave-unasked";
import { pause } from "./pause";
import { createRunWrites, type RunWrites } from "./run-writes";
import { type Supervision, superviseRun } from "./supervise-run";
import { transact } from "./transact";
import { createWaitingNotes, type WaitingNotes } from "./waiting-notes";

/** Sources of one run that are collected at the same time. */
export const PARALLEL_SOURCES = 4;
/** Runs that begin or end at the same time, which is the database's work: of a thousand at once each would wait for a connection. */
const BRIEF_AT_ONCE = 8;

export interface ExecuteDeps extends CollectDeps {
  /** Names this process on the runs that it holds; its liveness lock has the same name. */
  instanceId: string;
  /** What the runs of this process take in turn for each source that they collect. By default each has as many as it wants. */
  places?: FairTurns;
  /** Is told why a run could not be worked on, also where it was not this database that threw: the sites' turns are kept through another. */
  noticeError?: (error: unknown) => void;
}

/**
 * Works on a queued run until it ends: takes it, collects the sources that have no outcome yet, finishes it. A run that is not
 * queued (ended, or held by another worker) is left alone. When `shutdown` is aborted the run goes back to the queue.
 * @param onTaken Called when the run is ours: from then on its lease stands for it, and no longer the queue.
 */
export type ExecuteRun = (runId: string, shutdown: AbortSignal, onTaken?: () => void) => Promise<void>;

/** What the runs of a process share. */
interface Shared {
  deps: ExecuteDeps;
  leases: LeaseKeeper;
  places: FairTurns;
  /** At sources of which processes may have died, so that the next death shows which it was. */
  suspectTurns: FairTurns;
  noteTurns: FairTurns;
  /** At beginning and ending, which must not wait for slow sites. */
  briefTurns: FairTurns;
}

/** One for a process. */
export function createRunExecutor(deps: ExecuteDeps): ExecuteRun {
  const { places = createFairTurns(Number.POSITIVE_INFINITY) } = deps;
  const turns = { suspectTurns: createFairTurns(1), noteTurns: createFairTurns(1), briefTurns: createFairTurns(BRIEF_AT_ONCE) };
  const shared: Shared = { deps, places, leases: createLeaseKeeper(deps), ...turns };
  return async (runId, shutdown, onTaken) => {
    const token = randomUUID();
    const run = await transact(deps, (tx) => takeRun(tx, runId, { workerId: deps.instanceId, token }));
    if (!run) return;
    onTaken?.();
    const lease: Lease = { orgId: run.orgId, runId, token };
    const supervision = superviseRun(shared.leases, lease, { remainingMs: run.limitMs - run.elapsedMs, shutdown });
    try {
      await collect(shared, { lease, run, supervision });
      await inTurn(shared, lease, () => endRun(deps, { lease, run, supervision }));
    } catch (error) {
      await inTurn(shared, lease, () => giveUp(deps, lease, error));
    } finally {
      supervision.stop();
    }
  };
}

interface HeldRun {
  lease: Lease;
  run: TakenRun;
  supervision: Supervision;
}

async function inTurn<T>({ briefTurns }: Shared, { runId }: Lease, work: () => Promise<T>): Promise<T> {
  const leave = await briefTurns.take(runId);
  return work().finally(() => leave?.());
}

async function collect(shared: Shared, held: HeldRun) {
  const { deps, noteTurns } = shared;
  const { lease, run } = held;
  const { quarantined, unasked, pending } = await inTurn(shared, lease, () => transact(deps, (tx) => prepare(tx, lease, run)));
  for (let count = 0; count < quarantined; count++) deps.observe?.sourceEnded("failed");
  for (let count = 0; count < unasked; count++) deps.observe?.sourceEnded("not_due");
  const waiting = createWaitingNotes(deps, lease, noteTurns);
  const writes = createRunWrites(deps, lease);
  await collectPending(shared, held, { pending, waiting, writes }).finally(waiting.stop);
}

/** Finds out what is to be collected, and gives their outcome to those sources that are not. */
async function prepare(tx: Tx, lease: Lease, { presetId, trigger, takenAt }: TakenRun) {
  await snapshotSources(tx, lease, presetId);
  const quarantined = await failQuarantined(tx, lease);
  const listed = await listPendingSources(tx, lease);
  const unasked = leaveUnasked(listed, trigger, takenAt);
  await recordNotDue(tx, lease, unasked);
  const left = new Set(unasked.map(({ runSourceId }) => runSourceId));
  return { quarantined, unasked: unasked.length, pending: listed.filter(({ runSourceId }) => !left.has(runSourceId)) };
}

/** Suspects come last, alone: if one of them ends the process, the others have their outcome, and it is known which it was. */
async function collectPending(
  { deps, places, suspectTurns }: Shared,
  { lease, supervision }: HeldRun,
  { pending, waiting, writes }: { pending: readonly PendingSource[]; waiting: WaitingNotes; writes: RunWrites },
) {
  const { signal, remainingMs } = supervision;
  const options = { group: lease.runId, wait: deps.wait ?? pause, signal };
  const collectUsing = (turns: Pick<FairTurns, "take">, sources: readonly PendingSource[]) =>
    collectSources(sources, { ...options, turns }, (source, nth, place) =>
      collectSource(deps, { lease, signal, remainingMs, place, waiting, writes }, source, nth),
    );
  const isSuspect = ({ crashCount }: PendingSource) => crashCount > 0;
  await collectUsing(
    createNestedTurns(createFairTurns(PARALLEL_SOURCES), places, lease.runId),
    pending.filter((source) => !isSuspect(source)),
  );
  await collectUsing(suspectTurns, pending.filter(isSuspect));
}

async function endRun(deps: ExecuteDeps, { lease, run, supervision }: HeldRun) {
  const end = await transact(deps, async (tx): Promise<RunEnd> => {
    const planned = planRunEnd(await listOutcomes(tx, lease), supervision.interruption(), run.limitMs);
    if (planned.kind === "finish") await finishRun(tx, lease, planned);
    if (planned.kind === "hand_back") await handBackRun(tx, lease);
    return planned;
  });
  if (end.kind === "finish") deps.observe?.runEnded(end.status);
}

/** Whatever went wrong here is not the run's fault: somebody takes it up again, at the latest when the lease runs out. */
async function giveUp(deps: ExecuteDeps, lease: Lease, error: unknown) {
  if (error instanceof LeaseLostError) {
    deps.log.warn({ runId: lease.runId }, "the run is no longer ours, leaving it");
    return;
  }
  deps.noticeError?.(error);
  deps.log.error({ err: error, runId: lease.runId }, "a run could not be worked on, it will be resumed");
  // A full disk is nobody's failure: the run waits for room with its attempts intact.
  await transact(deps, (tx) => (isDiskFull(error) ? handBackRun(tx, lease, "disk_full") : releaseLease(tx, lease))).catch((cause: unknown) =>
    deps.log.error({ err: cause, runId: lease.runId }, "the run could not be released either, it is resumed when its lease has run out"),
  );
}
