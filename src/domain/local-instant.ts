import { DAY_MS, dayNumber, daysInMonth, HOUR_MS, MINUTE_MS } from "./calendar-days";
import { requireTimeZone } from "./time-zone";
import { utcYear, zoneSpans } from "./zone-offsets";

/** The instant of a local time. */
export interface LocalInstant {
  at: Date;
  /** `moved`: the clock jumps over this time, and `at` is the first instant after it. `first_pass`: it comes twice, and `at` is the first. */
  effect: "moved" | "first_pass" | null;
}

const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/;

/** Reads what a date-time field holds, such as "2026-11-10T07:00", in ms since 1970-01-01 00:00 local. Seconds are dropped. Null when it is no time. */
export function parseLocalTime(text: string): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = (LOCAL_TIME.exec(text)?.slice(1) ?? []).map(Number);
  if (year < 1970 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59) return null;
  return dayNumber(year, month, day) * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;
}

/** The inverse, for a date-time field. */
export function formatLocalTime(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 16);
}

/**
 * When a zone's clock shows this local time.
 * @throws AppError `validation` with `field: "timeZone"` when it is not a zone.
 */
export function instantOfLocal(localMs: number, timeZone: string): LocalInstant {
  const zone = requireTimeZone(timeZone);
  // No zone is a day from UTC, so the instant lies in the year before, in this one or in the next.
  for (let year = utcYear(localMs) - 1; ; year++) {
    for (const span of zoneSpans(zone, year)) {
      if (localMs >= span.endMs + span.offsetMs) continue;
      // The spans before this one ended before the time was reached: this one begins beyond it.
      if (localMs < span.startMs + span.offsetMs) return { at: new Date(span.startMs), effect: "moved" };
      return { at: new Date(localMs - span.offsetMs), effect: localMs >= span.repeatsFromMs ? "first_pass" : null };
    }
  }
}
