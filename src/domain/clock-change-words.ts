import { calendarDate, DAY_MS, HOUR_MS } from "./calendar-days";
import type { ClockChange } from "./clock-changes";
import { joinWords, MONTH_NAMES } from "./cron-fields";
import { formatDuration, formatLocalClock, formatLocalDate } from "./format-time";

/** More times than these are told as a span. */
const MOST_LISTED = 3;

const COUNTS = new Intl.NumberFormat("en");

/** When the clock changes and how: "14 March 2027, clocks go forward 1 h". The day is that of the times which it skips or repeats. */
export function clockChangeHeading({ localTimes: [first = 0], shiftMs }: Pick<ClockChange, "localTimes" | "shiftMs">): string {
  const { year, month, day } = calendarDate(Math.floor(first / DAY_MS));
  return `${day} ${MONTH_NAMES[month - 1]} ${year}, clocks go ${shiftMs > 0 ? "forward" : "back"} ${sizeWords(Math.abs(shiftMs))}`;
}

function sizeWords(ms: number): string {
  return ms % HOUR_MS === 0 ? `${ms / HOUR_MS} h` : formatDuration(ms);
}

/** What becomes of the schedule then, to follow the heading and a colon: "the 02:30 run starts at 03:00." */
export function clockChangeEffect(change: ClockChange): string {
  const { effect, localTimes, runs, runsOtherwise } = change;
  const isOne = localTimes.length === 1;
  switch (effect) {
    case "moved":
      return `${runsWords(localTimes)} ${isOne ? "starts" : "become one,"} at ${landingWords(change)}.`;
    case "merged":
      return `${runsWords(localTimes)} ${isOne ? "falls" : "fall"} together with the one at ${landingWords(change)}.`;
    case "once":
      return isOne ? `runs once, at the first ${timesWords(localTimes)}.` : `${timesWords(localTimes)} come twice and run the first time only.`;
    case "fewer":
    case "more":
      return `${COUNTS.format(runs)} ${runs === 1 ? "run" : "runs"} instead of ${COUNTS.format(runsOtherwise)}.`;
  }
}

/** "the 02:30 run", "the 02:15 and 02:45 runs", "the 12 runs from 02:00 to 02:55". */
function runsWords(times: readonly number[]): string {
  if (times.length > MOST_LISTED) return `the ${times.length} runs ${spanWords(times)}`;
  return `the ${timesWords(times)} ${times.length === 1 ? "run" : "runs"}`;
}

/** "01:30", "01:00 and 01:30", "the 12 times from 01:00 to 01:55". */
function timesWords(times: readonly number[]): string {
  return times.length > MOST_LISTED ? `the ${times.length} times ${spanWords(times)}` : joinWords(times.map((time) => formatLocalClock(time)));
}

function spanWords(times: readonly number[]): string {
  return `from ${formatLocalClock(times[0] ?? 0)} to ${formatLocalClock(times[times.length - 1] ?? 0)}`;
}

/** With its day where the gap ends on another one. */
function landingWords({ localTimes: [first = 0], resumesAtMs }: ClockChange): string {
  const sameDay = Math.floor(first / DAY_MS) === Math.floor(resumesAtMs / DAY_MS);
  return `${formatLocalClock(resumesAtMs)}${sameDay ? "" : ` on ${formatLocalDate(resumesAtMs)}`}`;
}
