import { MAX_RUN_ATTEMPTS, MAX_RUN_CRASHES, MAX_SOURCE_CRASHES } from "./run-status";

/** A run that nobody works on any more. */
export interface DeadRun {
  runId: string;
  attempt: number;
  /** Workers that died while they held it, before this one. */
  crashCount: number;
  /** The process that is gone; null when it lives and let go of the run, because the database failed it. */
  workerId: string | null;
  /** Sources of it are known to have waited for their turn at their site or for their next attempt: it had begun, and was not ending. */
  isWaiting: boolean;
}

/** A source of a dead run that was being collected at the end. */
export interface InterruptedSource {
  runId: string;
  sourceId: string;
  /** Workers that died while they collected it, before this one. */
  crashCount: number;
}

export interface ReapPlan<R extends DeadRun> {
  /** One more worker died of these, as far as can be known. */
  blamed: InterruptedSource[];
  /** Go back to the queue. */
  resumed: R[];
  abandoned: { run: R; message: string }[];
  /** Of both: runs whose attempt does not count, because the process did not die of them. */
  spared: R[];
}

/**
 * Decides what becomes of runs whose worker is gone. A process is presumed to have died of a source that was suspected before; a
 * suspect is collected alone in its process, so there is one at most. Where there was none, all that were being collected become
 * suspects. A run without a blamed source only shared the process with the culprit and loses no attempt. Where nothing was being collected,
 * those that were beginning or ending do.
 *
 * A run that only waited does nothing that could end a process: it loses no attempt, and is not abandoned, however many workers die.
 */
export function planReap<R extends DeadRun>(dead: readonly R[], interrupted: readonly InterruptedSource[]): ReapPlan<R> {
  const crashes = diedProcesses(dead).map((runs) => ({ runs, blamed: blame(runs, interrupted) }));
  const onlyWaited = new Set(dead.filter((run) => run.workerId !== null && run.isWaiting && !isAmong(run, interrupted)));
  const spared = new Set([...onlyWaited, ...crashes.flatMap(({ runs, blamed }) => (blamed.length === 0 ? [] : runs.filter((run) => !isAmong(run, blamed))))]);
  const isUsedUp = (run: R) => run.attempt - (spared.has(run) ? 1 : 0) >= MAX_RUN_ATTEMPTS || (run.workerId !== null && run.crashCount + 1 >= MAX_RUN_CRASHES);
  const isOver = (run: R) => !onlyWaited.has(run) && isUsedUp(run);
  return {
    blamed: crashes.flatMap(({ blamed }) => blamed),
    resumed: dead.filter((run) => !isOver(run)),
    abandoned: dead.filter(isOver).map((run) => ({ run, message: describeAbandoned(run) })),
    spared: [...spared],
  };
}

function isAmong({ runId }: DeadRun, sources: readonly InterruptedSource[]): boolean {
  return sources.some((source) => source.runId === runId);
}

/** The runs of each process that is gone. */
function diedProcesses<R extends DeadRun>(dead: readonly R[]): R[][] {
  const workerIds = new Set(dead.map((run) => run.workerId).filter((id) => id !== null));
  return [...workerIds].map((id) => dead.filter((run) => run.workerId === id));
}

function blame(runs: readonly DeadRun[], interrupted: readonly InterruptedSource[]): InterruptedSource[] {
  const collected = interrupted.filter(({ runId }) => runs.some((run) => run.runId === runId));
  const suspects = collected.filter(({ crashCount }) => crashCount > 0);
  return suspects.length > 0 ? suspects : collected;
}

function describeAbandoned({ attempt, crashCount, workerId }: DeadRun): string {
  const crashes = crashCount + (workerId === null ? 0 : 1);
  const reason =
    crashes === 0 ? `Milkrun began it ${times(attempt)} and could not reach the database for long` : `Its worker stopped without a word ${times(crashes)}`;
  return `${reason}. What it collected stays. The next slot runs as planned.`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

/** Said of a quarantined source in each run that leaves it out. */
export const QUARANTINED = `Collecting this source stopped Milkrun's worker ${MAX_SOURCE_CRASHES} times, so it is left out. Change the source or test it, then lift the quarantine on its page.`;
