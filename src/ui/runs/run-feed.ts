import type { RunSummary } from "@/domain/run";

interface RunPage {
  runs: readonly RunSummary[];
  nextCursor: number | null;
}

type Numbered = Pick<RunSummary, "number">;

/**
 * The list as the newest page shows it, with the rows that were loaded below it. What the newest page spans is taken from it alone: a run
 * that has moved on since shows so, one that no longer matches is gone. No run shows twice.
 */
export function mergeRuns(loaded: readonly RunSummary[], newest: RunPage): RunSummary[] {
  const first = newest.runs[0]?.number ?? 0;
  const last = newest.nextCursor ?? 0;
  // The rows below may have been asked for later than the page: a run that it does not know yet stays.
  const above = newest.runs.length === 0 ? [] : loaded.filter(({ number }) => number > first);
  return [...above, ...newest.runs, ...loaded.filter(({ number }) => number < last)];
}

/** The newest page and when it came, in milliseconds; undefined before it did. */
interface Newest {
  data: RunPage | undefined;
  dataUpdatedAt: number;
}

/**
 * When so many runs had come that the newest page no longer reached down to the rows that were loaded: those between them are not known.
 * Null where there is no gap. Each newest page sees it anew, so that asking for all rows, which can fail, is tried again.
 */
export function gapSeenAt(loaded: readonly Numbered[], { data, dataUpdatedAt }: Newest): number | null {
  const top = loaded[0]?.number;
  const last = data?.nextCursor ?? null;
  return last !== null && top !== undefined && last > top ? dataUpdatedAt : null;
}

/** What of a list shows to somebody who reads further down: nothing moves under their eyes, what is newer waits above. */
export function holdBack<Run extends Numbered>(runs: readonly Run[], newestSeen: number): { shown: Run[]; waiting: number } {
  const shown = runs.filter(({ number }) => number <= newestSeen);
  return { shown, waiting: runs.length - shown.length };
}

/** "2 new runs" */
export function newRunsWords(count: number): string {
  return count === 1 ? "1 new run" : `${count} new runs`;
}
