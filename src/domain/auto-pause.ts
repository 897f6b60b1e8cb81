import { DAY_MS } from "./calendar-days";
import type { FailureStreak } from "./failure-streak";
import { formatInZone } from "./format-time";
import { resolveTimeZone, timeZoneCity } from "./time-zone";

/** From so many failed runs in a row on, the page warns. */
export const FAILURE_WARNING_FROM = 5;
export const AUTO_PAUSE_AFTER_RUNS = 20;
/** A schedule that comes every minute shall survive a site's bad day. */
export const AUTO_PAUSE_AFTER_MS = 3 * DAY_MS;

/** What becomes of a schedule whose runs keep failing. */
export type AutoPausePlan = "nothing" | "warn" | "pause";

/** Both bounds of the pause are inclusive: the 20th failure pauses when the first is 3 days old to the millisecond. */
export function planAutoPause({ failedInRow, failingSince, now }: { failedInRow: number; failingSince: Date; now: Date }): AutoPausePlan {
  if (failedInRow < FAILURE_WARNING_FROM) return "nothing";
  const isLong = now.getTime() - failingSince.getTime() >= AUTO_PAUSE_AFTER_MS;
  return failedInRow >= AUTO_PAUSE_AFTER_RUNS && isLong ? "pause" : "warn";
}

/** A site's whole error page has no place in a note. */
const LONGEST_MESSAGE = 300;

/** Why Milkrun paused a schedule, for the people who find it so. The zone is the schedule's; one that is gone gives UTC. */
export function autoPauseNote({ count, since, lastMessage }: Pick<FailureStreak, "count" | "since" | "lastMessage">, timeZone: string): string {
  const zone = resolveTimeZone(timeZone).ok ? timeZone : "UTC";
  const begin = `Paused by Milkrun: the last ${count} runs failed, since ${formatInZone(since, zone, true)} ${timeZoneCity(zone)}.`;
  if (lastMessage === null) return begin;
  return `${begin} ${lastMessage.length > LONGEST_MESSAGE ? `${lastMessage.slice(0, LONGEST_MESSAGE)}…` : lastMessage}`;
}
