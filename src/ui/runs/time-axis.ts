import { HOUR_MS, MINUTE_MS } from "@/domain/calendar-days";
import { formatDuration } from "@/ui/time/duration";

/** A line across every bar of a time axis, at this distance from its beginning. */
export interface Tick {
  atMs: number;
  label: string;
}

/** The time that the bars of a run's sources share; it begins when the run did. */
export interface TimeAxis {
  startAt: Date;
  lengthMs: number;
  ticks: Tick[];
}

const SECOND_MS = 1_000;
const STEPS_MS = [
  ...[50, 100, 200, 500, SECOND_MS, 2 * SECOND_MS, 5 * SECOND_MS, 10 * SECOND_MS, 15 * SECOND_MS, 30 * SECOND_MS],
  ...[MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS],
  ...[HOUR_MS, 2 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS],
];
/** More labels than this run into each other. */
const MOST_INTERVALS = 4;
/** Shorter ones would have ticks that nobody can tell apart. */
const SHORTEST_MS = 100;

/** An axis over a span of time, with round ticks. The last tick is at or before its end. */
export function timeAxis(startAt: Date, spanMs: number): TimeAxis {
  const lengthMs = Math.max(SHORTEST_MS, spanMs);
  const stepMs = stepFor(lengthMs);
  const ticks = Array.from({ length: Math.floor(lengthMs / stepMs) + 1 }, (_, index) => ({ atMs: index * stepMs, label: tickLabel(index * stepMs, lengthMs) }));
  return { startAt, lengthMs, ticks };
}

/**
 * The span for the axis of a run that is still going: there is room for what comes, as much as the run usually takes, and its end stands
 * still until that is used up.
 */
export function growingSpanMs(elapsedMs: number, usualMs: number | null): number {
  const wantedMs = Math.max(2 * SECOND_MS, elapsedMs * 1.1, usualMs ?? 0);
  const stepMs = stepFor(wantedMs);
  return Math.ceil(wantedMs / stepMs) * stepMs;
}

function stepFor(lengthMs: number): number {
  return STEPS_MS.find((step) => lengthMs / step <= MOST_INTERVALS) ?? Math.ceil(lengthMs / MOST_INTERVALS / HOUR_MS) * HOUR_MS;
}

/** Beyond a second in seconds, also where the ticks are closer: "0.5 s", "1 s", "1.5 s". */
function tickLabel(atMs: number, lengthMs: number): string {
  if (atMs === 0) return "0";
  return lengthMs >= SECOND_MS && atMs < MINUTE_MS ? `${atMs / SECOND_MS} s` : formatDuration(atMs);
}

/** Where an instant is on the axis, in percent of its length; what lies outside is at its edge. */
export function placeOnAxis(axis: TimeAxis, at: Date): number {
  const percent = ((at.getTime() - axis.startAt.getTime()) / axis.lengthMs) * 100;
  return Math.min(100, Math.max(0, percent));
}
