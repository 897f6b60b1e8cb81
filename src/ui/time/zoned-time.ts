import { formatLocalClock, formatLocalDate } from "@/domain/format-time";
import type { ClockStyle } from "@/domain/preferences";
import { offsetMsAt, timeZoneCity } from "@/domain/time-zone";

// Everything here goes by the domain's own day and month names: the browser's language data can differ from the server's ("Sep",
// "Sept"), and then hydration fails.

function localMs(at: Date, timeZone: string): number {
  return at.getTime() + offsetMsAt(timeZone, at);
}

function localYear(at: Date, timeZone: string): number {
  return new Date(localMs(at, timeZone)).getUTCFullYear();
}

// `style` is the reader's, see `usePreferences`: without a default, so that nobody forgets it.

/** "07:00" on the zone's clock, or "7:00 am". */
export function formatClock(at: Date, timeZone: string, style: ClockStyle): string {
  return formatLocalClock(localMs(at, timeZone), style);
}

/** "07:00:03" on the zone's clock, or "7:00:03 am". */
export function formatClockWithSeconds(at: Date, timeZone: string, style: ClockStyle): string {
  const [clock, half] = formatClock(at, timeZone, style).split(" ");
  // Zones differ by whole minutes, so the seconds are the same everywhere.
  const toTheSecond = `${clock}:${String(at.getUTCSeconds()).padStart(2, "0")}`;
  return half ? `${toTheSecond} ${half}` : toTheSecond;
}

/** "Tue 24 Nov", with the year when it is not the year of `now`. */
export function formatDay(at: Date, timeZone: string, now: Date): string {
  return formatLocalDate(localMs(at, timeZone), localYear(at, timeZone) !== localYear(now, timeZone));
}

/** "Tue 24 Nov, 07:00", without the zone: only for where a heading or the words around it name the zone. */
export function formatDayAndClock(at: Date, timeZone: string, now: Date, style: ClockStyle): string {
  return `${formatDay(at, timeZone, now)}, ${formatClock(at, timeZone, style)}`;
}

/** "Tue 24 Nov, 07:00 Berlin": the way Milkrun writes an instant. */
export function formatInstant(at: Date, timeZone: string, now: Date, style: ClockStyle): string {
  return `${formatDayAndClock(at, timeZone, now, style)} ${timeZoneCity(timeZone)}`;
}

/** Whether both clocks show the same at that instant. */
export function sameClock(at: Date, timeZone: string, otherZone: string): boolean {
  return offsetMsAt(timeZone, at) === offsetMsAt(otherZone, at);
}

/**
 * The same instant where the reader is: "06:00 your time", with the day when that differs; null when both clocks show the same.
 */
export function formatViewerTime(at: Date, timeZone: string, viewerZone: string, now: Date, style: ClockStyle): string | null {
  if (sameClock(at, timeZone, viewerZone)) return null;
  const sameDay = formatDay(at, timeZone, now) === formatDay(at, viewerZone, now);
  return `${sameDay ? formatClock(at, viewerZone, style) : formatDayAndClock(at, viewerZone, now, style)} your time`;
}
