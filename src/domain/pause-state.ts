export const PAUSE_NOTE_MAX = 500;
/** Further ahead nobody means it. */
const LONGEST_PAUSE_YEARS = 5;

interface PauseSpan {
  pausedAt: Date | null;
  /** Exclusive. Null: until somebody resumes it. */
  pausedUntil: Date | null;
}

/** Whether the schedule is paused at this moment. A pause whose end has passed is over, although it still stands there until the next slot. */
export function isPaused({ pausedAt, pausedUntil }: PauseSpan, now: Date): boolean {
  return pausedAt !== null && (pausedUntil === null || pausedUntil > now);
}

/** What is wrong with the end of a pause, in words; null when it is fine. */
export function pauseEndProblem(until: Date, now: Date): string | null {
  if (until <= now) return "Pick a time in the future.";
  const latest = new Date(now).setUTCFullYear(now.getUTCFullYear() + LONGEST_PAUSE_YEARS);
  return until.getTime() <= latest ? null : `Pick a time within ${LONGEST_PAUSE_YEARS} years, or pause until you resume it.`;
}
