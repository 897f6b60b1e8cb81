import { BoundedCache } from "./bounded-cache";
import { calendarDate, DAY_MS, HOUR_MS, MINUTE_MS, weekdayOf } from "./calendar-days";
import { MONTH_NAMES, WEEKDAY_NAMES } from "./cron-fields";
import type { ClockStyle } from "./preferences";
import { offsetMsAt, requireTimeZone, timeZoneCity } from "./time-zone";

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** The clock of a local time in ms since 1970-01-01 00:00 local: "07:00", or "7:00 am". */
export function formatLocalClock(localMs: number, style: ClockStyle = "24h"): string {
  const minuteOfDay = Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS);
  const hour = Math.floor(minuteOfDay / 60);
  const minute = twoDigits(minuteOfDay % 60);
  return style === "24h" ? `${twoDigits(hour)}:${minute}` : `${hour % 12 || 12}:${minute} ${hour < 12 ? "am" : "pm"}`;
}

/** The date of a local time: "Tue 24 Nov", or "Tue 24 Nov 2026". */
export function formatLocalDate(localMs: number, withYear = false): string {
  const day = Math.floor(localMs / DAY_MS);
  const date = calendarDate(day);
  const text = `${WEEKDAY_NAMES[weekdayOf(day)]?.slice(0, 3)} ${date.day} ${MONTH_NAMES[date.month - 1]?.slice(0, 3)}`;
  return withYear ? `${text} ${date.year}` : text;
}

/** An instant on a zone's clock: "Tue 24 Nov, 07:00". Throws AppError `validation` for an unknown zone. */
export function formatInZone(at: Date, timeZone: string, withYear = false): string {
  const localMs = at.getTime() + offsetMsAt(timeZone, at);
  return `${formatLocalDate(localMs, withYear)}, ${formatLocalClock(localMs)}`;
}

/** An instant in one text that stands for itself: "Tue 24 Nov 2026, 07:00 Berlin". Throws AppError `validation` for an unknown zone. */
export function formatInCity(at: Date, timeZone: string): string {
  return `${formatInZone(at, timeZone, true)} ${timeZoneCity(timeZone)}`;
}

/** "UTC", "UTC+1", "UTC+5:30". */
export function formatOffset(offsetMs: number): string {
  if (offsetMs === 0) return "UTC";
  const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
  const fraction = minutes % 60 === 0 ? "" : `:${twoDigits(minutes % 60)}`;
  return `UTC${offsetMs < 0 ? "-" : "+"}${Math.floor(minutes / 60)}${fraction}`;
}

const abbreviations = new BoundedCache<string, Intl.DateTimeFormat>(32);

/**
 * The zone's abbreviation at an instant, such as "EDT" or "CEST"; where nobody has one, the offset ("UTC+5:45").
 * Throws AppError `validation` for an unknown zone.
 */
export function formatZoneAbbreviation(at: Date, timeZone: string): string {
  const zone = requireTimeZone(timeZone);
  if (zone === "UTC") return "UTC";
  // American English knows EDT but not CEST; British English the other way round.
  for (const locale of ["en-US", "en-GB"]) {
    const formatter = abbreviations.getOrCompute(`${locale} ${zone}`, () => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "short" }));
    const name = formatter.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "";
    if (/^[A-Z]+$/.test(name)) return name;
  }
  return formatOffset(offsetMsAt(zone, at));
}

/** A length of time in words, in its largest fitting units: "6 minutes", "1 h 30 min", "45 s". */
export function formatDuration(durationMs: number): string {
  if (durationMs < MINUTE_MS) return `${Math.max(1, Math.round(durationMs / 1000))} s`;
  const minutes = Math.round(durationMs / MINUTE_MS);
  if (minutes < 60) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  if (durationMs >= 2 * DAY_MS) return `${Math.round(durationMs / DAY_MS)} days`;
  const hours = Math.floor(minutes / 60);
  if (durationMs % HOUR_MS === 0) return hours === 1 ? "1 hour" : `${hours} hours`;
  return `${hours} h ${minutes % 60} min`;
}
