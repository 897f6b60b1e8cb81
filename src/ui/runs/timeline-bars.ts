import type { TimelineRow, TimelineRun } from "@/domain/run-timeline";
import { runMoment } from "./run-days";

/** A run, or the part of it that lies in one row. */
export interface TimelineBar {
  run: TimelineRun;
  /** Shares of the row, 0 to 1. Both are the same for what takes no time: a slot that was skipped. */
  from: number;
  to: number;
  /** The run has begun in an earlier row, where its bar bears its name. */
  continues: boolean;
}

interface Span {
  fromMs: number;
  toMs: number;
}

/**
 * What stands in each row, in the order of the rows; within a row as the runs come. Runs never overlap, as an organization has one at a
 * time, but a slot that was skipped lies upon the run that was in its way. A run that has not ended reaches to `now`.
 */
export function timelineBars(rows: readonly TimelineRow[], runs: readonly TimelineRun[], now: Date): TimelineBar[][] {
  const bars: TimelineBar[][] = rows.map(() => []);
  for (const run of runs) {
    let continues = false;
    // From the oldest row on, so that the first part is the one that bears the name.
    for (const [index, row] of [...rows.entries()].reverse()) {
      const bar = barIn(row, spanOf(run, now));
      if (!bar) continue;
      bars[index]?.push({ run, ...bar, continues });
      continues = true;
    }
  }
  return bars;
}

/** The runs that have a bar, oldest first: what the arrow keys go through. */
export function drawnRuns(bars: readonly TimelineBar[][]): TimelineRun[] {
  return bars.toReversed().flatMap((row) => row.flatMap(({ run, continues }) => (continues ? [] : [run])));
}

/** Where an instant stands in a row, 0 to 1; null when it is in another row. */
export function shareOf({ startsAt, endsAt }: TimelineRow, at: Date): number | null {
  if (at < startsAt || at >= endsAt) return null;
  return (at.getTime() - startsAt.getTime()) / (endsAt.getTime() - startsAt.getTime());
}

function spanOf(run: TimelineRun, now: Date): Span {
  const { status, spanStartAt, queuedAt, startedAt, finishedAt } = run;
  const dueAt = runMoment(run);
  if (status === "missed") return span(spanStartAt ?? dueAt, dueAt);
  if (startedAt) return span(startedAt, finishedAt ?? now);
  return finishedAt ? span(dueAt, dueAt) : span(queuedAt, now);
}

/** A browser whose clock is behind the server's sees runs that have not begun yet. */
function span(from: Date, to: Date): Span {
  return { fromMs: from.getTime(), toMs: Math.max(from.getTime(), to.getTime()) };
}

function barIn({ startsAt, endsAt }: TimelineRow, { fromMs, toMs }: Span): { from: number; to: number } | null {
  const [start, end] = [startsAt.getTime(), endsAt.getTime()];
  const isBefore = toMs < start || (toMs === start && fromMs < start);
  if (isBefore || fromMs >= end) return null;
  const share = (ms: number) => (ms - start) / (end - start);
  return { from: Math.max(0, share(fromMs)), to: Math.min(1, share(toMs)) };
}
