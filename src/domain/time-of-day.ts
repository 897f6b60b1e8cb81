import { HOUR_MS, MINUTE_MS } from "./calendar-days";
import { formatLocalClock } from "./format-time";

/** A time on the clock, of no day and no zone. */
export interface TimeOfDay {
  hour: number;
  minute: number;
}

const TYPED = /^(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:([ap])\.?m\.?)?$/i;

/** Reads a time as people type it: "07:00", "7", "1930", "7.30", "7:30 pm". Null for what is none. */
export function readTimeOfDay(text: string): TimeOfDay | null {
  const [, hours, minutes = "0", half] = TYPED.exec(text.trim()) ?? [];
  if (hours === undefined || Number(minutes) > 59) return null;
  const hour = half === undefined ? Number(hours) : hourOfHalf(Number(hours), half);
  return hour > 23 ? null : { hour, minute: Number(minutes) };
}

/** 12 am is midnight and 12 pm is noon. No hour of the day when the number is not on a 12 h clock. */
function hourOfHalf(hours: number, half: string): number {
  if (hours < 1 || hours > 12) return Number.POSITIVE_INFINITY;
  return (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

/** "07:00" */
export function formatTimeOfDay({ hour, minute }: TimeOfDay): string {
  return formatLocalClock(hour * HOUR_MS + minute * MINUTE_MS);
}
