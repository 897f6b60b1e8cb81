import { DAY_MS, HOUR_MS, MINUTE_MS } from "./calendar-days";
import { instantOfLocal } from "./local-instant";
import type { Channel } from "./notification-channel";
import { offsetMsAt } from "./time-zone";

/** When a channel is written to. */
export type SendTiming = Pick<Channel, "digest" | "digestMinute" | "quietHours" | "timeZone">;

/**
 * When what comes now is sent: at once, with the next full hour or at the channel's time of day, and then not before the quiet hours end.
 * All by the clocks of the channel's zone: a time that a clock change leaves out is the moment after it, one that comes twice the first.
 * @throws AppError `validation` for an unknown zone.
 */
export function sendAt(timing: SendTiming, now: Date): Date {
  const due = digestAt(timing, now);
  return quietUntil(timing, due) ?? due;
}

/** When the quiet hours end; null when there are none at that moment. */
export function quietUntil({ quietHours, timeZone }: Pick<SendTiming, "quietHours" | "timeZone">, at: Date): Date | null {
  if (quietHours === null) return null;
  return isQuietAt(minuteOfDay(at, timeZone), quietHours) ? quietEnd(quietHours.untilMinute, timeZone, at) : null;
}

/** In a second pass of an hour that comes twice the clocks may show the end once more: otherwise whatever came then would wait for another day. */
function quietEnd(untilMinute: number, timeZone: string, at: Date): Date {
  const wait = untilMinute * MINUTE_MS - sinceMidnightMs(at, timeZone);
  const unshifted = new Date(at.getTime() + (wait > 0 ? wait : wait + DAY_MS));
  return minuteOfDay(unshifted, timeZone) === untilMinute ? unshifted : nextTimeOfDay(untilMinute, timeZone, at);
}

/** Whether a minute of the day lies within quiet hours, which may go over midnight. Their first minute does, the last one does not. */
export function isQuietAt(minute: number, { fromMinute, untilMinute }: NonNullable<Channel["quietHours"]>): boolean {
  if (fromMinute < untilMinute) return minute >= fromMinute && minute < untilMinute;
  return minute >= fromMinute || minute < untilMinute;
}

function digestAt({ digest, digestMinute, quietHours, timeZone }: SendTiming, now: Date): Date {
  if (digest === "at_once") return now;
  // A time within quiet hours is their end: by the time itself, what comes between the two would wait for the end of tomorrow's.
  if (digest === "daily") return nextTimeOfDay(quietHours && isQuietAt(digestMinute, quietHours) ? quietHours.untilMinute : digestMinute, timeZone, now);
  // By the clock on the wall, which is half an hour off in some zones.
  return new Date(now.getTime() + HOUR_MS - (sinceMidnightMs(now, timeZone) % HOUR_MS));
}

/** The next moment after `after` at which the zone's clocks show this minute of the day. */
function nextTimeOfDay(minute: number, timeZone: string, after: Date): Date {
  const midnightMs = after.getTime() + offsetMsAt(timeZone, after) - sinceMidnightMs(after, timeZone);
  for (let days = 0; ; days++) {
    const { at } = instantOfLocal(midnightMs + days * DAY_MS + minute * MINUTE_MS, timeZone);
    if (at > after) return at;
  }
}

function minuteOfDay(at: Date, timeZone: string): number {
  return Math.floor(sinceMidnightMs(at, timeZone) / MINUTE_MS);
}

function sinceMidnightMs(at: Date, timeZone: string): number {
  const localMs = at.getTime() + offsetMsAt(timeZone, at);
  return localMs - Math.floor(localMs / DAY_MS) * DAY_MS;
}
