const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A length of time in at most two units: "240 ms", "8 s", "3 min 5 s", "3 h 12 min", "2 d 4 h". */
export function formatDuration(ms: number): string {
  const length = Math.abs(ms);
  if (Math.round(length) < SECOND_MS) return `${Math.round(length)} ms`;
  if (length < MINUTE_MS) return `${Math.max(1, Math.floor(length / SECOND_MS))} s`;
  if (length < HOUR_MS) return two(length, MINUTE_MS, "min", SECOND_MS, "s");
  if (length < DAY_MS) return two(length, HOUR_MS, "h", MINUTE_MS, "min");
  return two(length, DAY_MS, "d", HOUR_MS, "h");
}

function two(length: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const head = `${Math.floor(length / large)} ${largeUnit}`;
  const rest = Math.floor((length % large) / small);
  return rest === 0 ? head : `${head} ${rest} ${smallUnit}`;
}

/** How far an instant is from now, in words: "in 3 h 12 min", "5 min ago", "now". Seconds show under two minutes only. */
export function formatRelative(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  const length = Math.abs(ms);
  if (length < SECOND_MS) return "now";
  const shown = formatDuration(length < 2 * MINUTE_MS ? length : Math.floor(length / MINUTE_MS) * MINUTE_MS);
  return ms > 0 ? `in ${shown}` : `${shown} ago`;
}
