import type { RunDetail, RunSource } from "@/domain/run";
import { type ItemCounts, isActive, isSourceOver, type RunSourceStatus } from "@/domain/run-status";

/** How far a run has come, counted over its sources. */
export interface RunProgress {
  finished: number;
  total: number;
  /** 0 to 100, rounded down, so that 100 means done. */
  percent: number;
}

type HasSources = Pick<RunDetail, "sources">;

export function runProgress(run: HasSources): RunProgress {
  const total = run.sources.length;
  const finished = run.sources.filter((source) => isSourceOver(source.status)).length;
  return { finished, total, percent: total === 0 ? 0 : Math.floor((finished / total) * 100) };
}

/** What the sources have brought up to now; the run's own counts are written at its end. */
export function itemsSoFar({ sources }: HasSources): ItemCounts {
  const sum = (count: keyof ItemCounts) => sources.reduce((total, source) => total + source[count], 0);
  return { newCount: sum("newCount"), changedCount: sum("changedCount"), unchangedCount: sum("unchangedCount"), goneCount: sum("goneCount") };
}

/** "9 of 14 sources" */
export function progressWords({ finished, total }: RunProgress): string {
  return `${finished} of ${total} ${total === 1 ? "source" : "sources"}`;
}

/** Failing sources first, then what is going on, what waits, what is done, what was not asked; the preset's order within each. */
const ROWS_BY_STATUS: Record<RunSourceStatus, number> = { failed: 0, fetching: 1, queued: 2, cancelled: 3, succeeded: 4, not_modified: 4, not_due: 5 };

export function sortRunSources(sources: readonly RunSource[]): RunSource[] {
  return sources.toSorted((a, b) => ROWS_BY_STATUS[a.status] - ROWS_BY_STATUS[b.status]);
}

type Announced = Pick<RunDetail, "status" | "number" | "sources">;

/**
 * What a screen reader is told when a run moved from one state to the next: its start, each quarter, the first failure, its end.
 * Null when nothing of that happened.
 */
export function runAnnouncement(previous: Announced, next: Announced, endWord: string): string | null {
  if (isActive(previous.status) && !isActive(next.status)) return `Run ${next.number} ended: ${endWord}. ${progressWords(runProgress(next))}.`;
  if (previous.status === "queued" && next.status === "running") return `Run ${next.number} started.`;
  const failed = firstFailure(previous, next);
  if (failed) return `${failed.name} failed. The other sources go on.`;
  const [before, now] = [quarter(previous), quarter(next)];
  return now > before && now < 4 ? `${now * 25} percent: ${progressWords(runProgress(next))}.` : null;
}

function firstFailure(previous: HasSources, next: HasSources): RunSource | undefined {
  const failedBefore = previous.sources.some((source) => source.status === "failed");
  return failedBefore ? undefined : next.sources.find((source) => source.status === "failed");
}

function quarter(run: HasSources): number {
  return Math.floor(runProgress(run).percent / 25);
}
