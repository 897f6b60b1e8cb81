import type { Clock } from "@/domain/clock";

const LOOK_MS = 1_000;
/** Less than this is no reason to arm anew: the minute's reconcile is soon enough. */
const TOLERATED_MS = 5_000;

/** A reading of both clocks at the same moment, in milliseconds. */
export interface Reading {
  wallMs: number;
  monotonicMs: number;
}

/** What happened between two readings that were to be `LOOK_MS` apart. `byMs` is negative for a clock that was set back. */
export type Disturbance = { kind: "clock_moved"; byMs: number } | { kind: "stalled"; byMs: number };

/**
 * Whether the wall clock was moved (or the machine slept, which a monotonic clock does not count) or the process did not get to work.
 * After either, wake-ups that were armed before may be silent or late.
 */
export function judgeReadings(before: Reading, after: Reading): Disturbance | null {
  const elapsedMs = after.monotonicMs - before.monotonicMs;
  const movedMs = after.wallMs - before.wallMs - elapsedMs;
  if (Math.abs(movedMs) > TOLERATED_MS) return { kind: "clock_moved", byMs: Math.round(movedMs) };
  const stalledMs = elapsedMs - LOOK_MS;
  return stalledMs > TOLERATED_MS ? { kind: "stalled", byMs: Math.round(stalledMs) } : null;
}

/** Compares the two clocks every second, from `start` on, and tells of what is out of order. */
export function createWatchdog(clock: Clock, onDisturbed: (disturbance: Disturbance) => void): { start(): void; stop(): void } {
  const read = (): Reading => ({ wallMs: clock.now().getTime(), monotonicMs: clock.monotonicMs() });
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      let before = read();
      timer = setInterval(() => {
        const after = read();
        const disturbance = judgeReadings(before, after);
        before = after;
        if (disturbance) onDisturbed(disturbance);
      }, LOOK_MS);
    },
    stop: () => clearInterval(timer),
  };
}
