import type { ClockStyle } from "@/domain/preferences";
import { timeZoneCity } from "@/domain/time-zone";
import { dayInZone } from "@/domain/zone-days";
import { formatClock, formatDay } from "@/ui/time/zoned-time";

/** A coming run and the zone that it is planned in. */
export interface PlannedRun {
  at: Date;
  timeZone: string;
}

/**
 * What saving does to the next run: "Next run moves from today 18:00 to tomorrow 03:30.", or that it stays. Days are counted in the zones'
 * own calendars, and the cities are named where the zones differ.
 */
export function nextRunShift(stored: PlannedRun, changed: PlannedRun, now: Date, clockStyle: ClockStyle): string {
  const named = stored.timeZone !== changed.timeZone;
  if (stored.at.getTime() === changed.at.getTime()) return `Next run stays ${runWords(changed, named, now, clockStyle)}.`;
  return `Next run moves from ${runWords(stored, named, now, clockStyle)} to ${runWords(changed, named, now, clockStyle)}.`;
}

function runWords({ at, timeZone }: PlannedRun, named: boolean, now: Date, clockStyle: ClockStyle): string {
  return `${dayWords(at, timeZone, now)} ${formatClock(at, timeZone, clockStyle)}${named ? ` ${timeZoneCity(timeZone)}` : ""}`;
}

function dayWords(at: Date, timeZone: string, now: Date): string {
  const days = dayInZone(at, timeZone) - dayInZone(now, timeZone);
  if (days === 0) return "today";
  return days === 1 ? "tomorrow" : formatDay(at, timeZone, now);
}
