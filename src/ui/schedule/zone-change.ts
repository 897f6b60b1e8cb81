import { parseCron } from "@/domain/cron-expression";
import { listTimes } from "@/domain/describe-times";
import { nextOccurrence } from "@/domain/occurrences";
import type { ClockStyle } from "@/domain/preferences";
import { shiftCron } from "@/domain/shift-cron";
import { offsetMsAt, resolveTimeZone, sameTimeZone } from "@/domain/time-zone";
import { formatClock, formatDay, formatDayAndClock } from "@/ui/time/zoned-time";

const MINUTE_MS = 60_000;

/** What another zone does to a schedule. */
export interface ZoneChange {
  /** "07:00 stays 07:00, in the new zone. The next run moves from 06:00 UTC to 12:00 UTC." */
  words: string;
  /** The expression that runs in the new zone when this one would have in the old; null where there is none, or none is needed. */
  sameMoment: string | null;
}

/** What becomes of an expression when its zone changes. Null when nothing does, or when one of the three is not valid yet. */
export function zoneChange(cronExpression: string, from: string, to: string, now: Date, clockStyle: ClockStyle): ZoneChange | null {
  const parsed = parseCron(cronExpression);
  if (!parsed.ok || !resolveTimeZone(from).ok || !resolveTimeZone(to).ok || sameTimeZone(from, to)) return null;
  const before = nextOccurrence(cronExpression, from, now);
  const after = nextOccurrence(cronExpression, to, now);
  if (before === null || after === null) return null;
  const stays = before.getTime() === after.getTime();
  return {
    words: `${stayingTimes(listTimes(parsed.expression))} ${movingRun(before, after, now, clockStyle)}`,
    sameMoment: stays ? null : findSameMoment(cronExpression, from, to, before, now),
  };
}

function stayingTimes(times: string | null): string {
  if (times === null) return "The times stay as they are, in the new zone.";
  return times.includes(" and ") ? `${times} stay as they are, in the new zone.` : `${times} stays ${times}, in the new zone.`;
}

function movingRun(before: Date, after: Date, now: Date, clockStyle: ClockStyle): string {
  if (before.getTime() === after.getTime()) return `The next run stays at ${formatClock(before, "UTC", clockStyle)} UTC.`;
  const sameDay = formatDay(before, "UTC", now) === formatDay(after, "UTC", now);
  const words = (at: Date) => `${sameDay ? formatClock(at, "UTC", clockStyle) : formatDayAndClock(at, "UTC", now, clockStyle)} UTC`;
  return `The next run moves from ${words(before)} to ${words(after)}.`;
}

function findSameMoment(cronExpression: string, from: string, to: string, next: Date, now: Date): string | null {
  const shifted = shiftCron(cronExpression, (offsetMsAt(to, next) - offsetMsAt(from, next)) / MINUTE_MS);
  // A clock change just before the run could still move it.
  return shifted !== null && nextOccurrence(shifted, to, now)?.getTime() === next.getTime() ? shifted : null;
}
