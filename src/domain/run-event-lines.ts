import type { RunSummary } from "./run";
import type { RunEventCode, RunEventDraft, RunEventLevel } from "./run-event";
import type { ItemCounts, RunStatus } from "./run-status";

// The words of a run's log. Times are told as lengths alone: in which zone a reader wants to have them is not known here.

function ofRun(level: RunEventLevel, code: RunEventCode, message: string): RunEventDraft {
  return { level, code, sourceId: null, message };
}

/** How a run came to be: its first line, read from the run itself so that dispatching many slots at once writes none. */
export function originLine(
  run: Pick<RunSummary, "status" | "trigger" | "startedByName" | "presetName" | "retryOfRunId" | "retryOfRunNumber" | "blockingRunNumber" | "message">,
): RunEventDraft {
  if (run.status === "skipped") return ofRun("warning", "skipped", skippedWords(run));
  if (run.status === "missed") return ofRun("warning", "missed", run.message ?? "The slot was missed, so nothing was collected for it.");
  const what = run.presetName === null ? "" : ` to collect the preset “${run.presetName}”`;
  const why = run.retryOfRunId === null ? what : ` to collect the failed sources of ${runWords(run.retryOfRunNumber)} again`;
  return ofRun("info", "queued", `Queued by ${askerWords(run)}${why}.`);
}

function skippedWords({ message, blockingRunNumber }: Pick<RunSummary, "message" | "blockingRunNumber">): string {
  if (blockingRunNumber !== null) return `The slot was skipped: ${runWords(blockingRunNumber)} was still going.`;
  return message ?? "The slot was skipped.";
}

function askerWords({ trigger, startedByName }: Pick<RunSummary, "trigger" | "startedByName">): string {
  if (trigger === "schedule") return "the schedule";
  if (trigger === "api") return startedByName === null ? "an API key" : `the API key “${startedByName}”`;
  return startedByName ?? "a former member";
}

function runWords(number: number | null): string {
  return number === null ? "a run that is no longer kept" : `run ${number}`;
}

/** @param attempt 1 for the first worker. */
export function takenLine({ workerId, attempt }: { workerId: string; attempt: number }): RunEventDraft {
  const worker = `Worker ${workerId.slice(0, 8)}`;
  return ofRun("info", "taken", attempt === 1 ? `${worker} took the run.` : `${worker} took the run up again, as attempt ${attempt}.`);
}

export function listedLine(sourceCount: number): RunEventDraft {
  return ofRun("info", "sources_listed", `${sourceCount === 1 ? "1 source" : `${sourceCount} sources`} to collect, as the preset has them now.`);
}

export function cancelRequestedLine(name: string | null): RunEventDraft {
  return ofRun("warning", "cancel_requested", `${name ?? "Somebody"} asked for the run to stop.`);
}

/** Why a run went back to the queue. */
export type RequeueReason = "shutdown" | "disk_full" | "crashed" | "released";

const REQUEUE_WORDS: Record<RequeueReason, string> = {
  shutdown: "The worker is being stopped.",
  disk_full: "The database's disk is full.",
  crashed: "The worker stopped without a word.",
  released: "The worker could not reach the database for long and let go of the run.",
};

export function requeuedLine(reason: RequeueReason): RunEventDraft {
  const level = reason === "shutdown" ? "info" : "warning";
  return ofRun(level, "requeued", `${REQUEUE_WORDS[reason]} The run is queued again with the sources that have no outcome yet.`);
}

const END_LEVELS: Partial<Record<RunStatus, RunEventLevel>> = {
  partial: "warning",
  cancelled: "warning",
  failed: "error",
  timed_out: "error",
  abandoned: "error",
};

export function endedLine({ status, message }: { status: RunStatus; message: string | null }): RunEventDraft {
  return ofRun(END_LEVELS[status] ?? "info", "ended", `The run ended: ${status.replaceAll("_", " ")}.${message === null ? "" : ` ${message}`}`);
}

export function quarantinedLine(sourceId: string, message: string): RunEventDraft {
  return { level: "error", code: "quarantined", sourceId, message };
}

/** A shorter wait for a turn at a site is not worth a line. */
export const WORTH_TELLING_WAIT_MS = 1_000;

/** An attempt begins; before it, where that took a while, that the source waited for its turn at its site. */
export function attemptLines(sourceId: string, { attempt, waitedMs }: { attempt: number; waitedMs: number }): RunEventDraft[] {
  const begun: RunEventDraft = { level: "info", code: "attempt_started", sourceId, message: attempt === 1 ? "Collecting." : `Collecting, attempt ${attempt}.` };
  if (waitedMs < WORTH_TELLING_WAIT_MS) return [begun];
  return [{ level: "info", code: "turn_waited", sourceId, message: `Waited ${secondsWords(waitedMs)} for its turn at the site.` }, begun];
}

export function attemptFailedLine(sourceId: string, { message, waitMs }: { message: string; waitMs: number }): RunEventDraft {
  return { level: "warning", code: "attempt_failed", sourceId, message: `${message} Trying again in ${secondsWords(waitMs)}.` };
}

export function sourceFailedLine(sourceId: string, { code, message }: { code: string; message: string }): RunEventDraft {
  return { level: "error", code: code.startsWith("robots_") ? "robots_refused" : "source_failed", sourceId, message };
}

interface Collected {
  status: "succeeded" | "not_modified";
  counts: ItemCounts;
  /** What the person should know of it, if anything. */
  message: string | null;
}

export function sourceCollectedLine(sourceId: string, { status, counts, message }: Collected): RunEventDraft {
  if (status === "not_modified")
    return { level: "info", code: "source_not_modified", sourceId, message: "The site says that nothing changed since the last time." };
  const { newCount, changedCount, unchangedCount, goneCount } = counts;
  const words = `Done: ${newCount} new, ${changedCount} changed, ${unchangedCount} unchanged${goneCount > 0 ? `, ${goneCount} gone` : ""}.`;
  return { level: message === null ? "info" : "warning", code: "source_collected", sourceId, message: message === null ? words : `${words} ${message}` };
}

/** "61 s", "0.4 s": exact, where the page rounds to minutes. */
function secondsWords(ms: number): string {
  return ms < 1_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`;
}
