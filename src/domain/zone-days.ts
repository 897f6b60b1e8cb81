import { calendarDate, DAY_MS, weekdayOf } from "./calendar-days";
import { formatLocalTime, instantOfLocal, parseLocalTime } from "./local-instant";
import { offsetMsAt } from "./time-zone";

// Days are numbered as `dayNumber` does. On a zone's clock they last 23 or 25 hours now and then, and a few never were.

/** Which day it is in the zone at an instant. Throws AppError `validation` for an unknown zone. */
export function dayInZone(at: Date, timeZone: string): number {
  return Math.floor((at.getTime() + offsetMsAt(timeZone, at)) / DAY_MS);
}

/** When the day begins in the zone: at midnight, or at the first instant after it where the clock jumps over it. Throws as `dayInZone` does. */
export function startOfDay(day: number, timeZone: string): Date {
  return instantOfLocal(day * DAY_MS, timeZone).at;
}

/** The day as addresses and inputs write it: "2026-11-24". */
export function formatIsoDay(day: number): string {
  return formatLocalTime(day * DAY_MS).slice(0, 10);
}

/** The inverse; null when it is no date from 1970 on. */
export function parseIsoDay(date: string): number | null {
  const localMs = parseLocalTime(`${date}T00:00`);
  return localMs === null ? null : Math.floor(localMs / DAY_MS);
}

/** The Monday of the week that the day is in. */
export function mondayOf(day: number): number {
  return day - ((weekdayOf(day) + 6) % 7);
}

/** The month of a day, 1 to 12. */
export function monthOf(day: number): number {
  return calendarDate(day).month;
}
