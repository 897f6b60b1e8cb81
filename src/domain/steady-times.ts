import { DAY_MS, HOUR_MS, MINUTE_MS } from "./calendar-days";
import { type ClockChange, clockChanges } from "./clock-changes";
import { type CronExpression, getCronExpression } from "./cron-expression";
import { formatLocalClock } from "./format-time";

const DAY_MINUTES = 1440;

/** Where a schedule's skipped times could go to. */
export interface SteadyTimes {
  /** Five fields; those of the days are as they were. */
  cronExpression: string;
  /** The times in place of the skipped ones, in order: "03:30". */
  times: string[];
}

/**
 * The same expression with the times that a clock change skips moved by the size of the jump, on the same day, so that no change of the
 * next 400 days touches it. Null where nothing is skipped and shifted, for intervals, and where no such times are found.
 * @param changes What `clockChanges` said of the expression.
 */
export function steadyTimes(text: string, timeZone: string, from: Date, changes: readonly ClockChange[]): SteadyTimes | null {
  const expression = getCronExpression(text);
  const moved = changes.find(({ effect }) => effect === "moved");
  if (!moved || expression.isInterval) return null;
  const jump = moved.shiftMs / MINUTE_MS;
  for (const minutes of [jump, -jump, 2 * jump]) {
    const cronExpression = moveTimes(expression, moved.localTimes, minutes);
    if (cronExpression === null || clockChanges(cronExpression, timeZone, from).length > 0) continue;
    return { cronExpression, times: moved.localTimes.map((localMs) => formatLocalClock(localMs + minutes * MINUTE_MS)) };
  }
  return null;
}

/** Null where the fields cannot say it: minutes are moved only where there is one time, hours only where the new ones are free. */
function moveTimes({ hour, minute, fiveFields }: CronExpression, localTimes: readonly number[], byMinutes: number): string | null {
  const days = fiveFields.split(" ").slice(2).join(" ");
  const [onlyHour = 0, ...moreHours] = hour.values;
  const [onlyMinute = 0, ...moreMinutes] = minute.values;
  if (moreHours.length + moreMinutes.length === 0) {
    const moved = onlyHour * 60 + onlyMinute + byMinutes;
    return moved < 0 || moved >= DAY_MINUTES ? null : `${moved % 60} ${Math.floor(moved / 60)} ${days}`;
  }
  if (byMinutes % 60 !== 0) return null;
  const skipped = new Set(localTimes.map((localMs) => Math.floor((localMs % DAY_MS) / HOUR_MS)));
  const hours = hour.values.map((value) => (skipped.has(value) ? value + byMinutes / 60 : value)).sort((a, b) => a - b);
  if (new Set(hours).size < hours.length || hours.some((value) => value < 0 || value > 23)) return null;
  return `${minute.text} ${hours.join(",")} ${days}`;
}
