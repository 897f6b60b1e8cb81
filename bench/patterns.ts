import { nextOccurrence } from "@/domain/occurrences";
import { zoneOffsetMs } from "@/domain/zone-offsets";
import type { SchedulePattern } from "@/testing/seed-schedules";

/** The zones of every schedule in the bench, the peers' too. */
export const ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Sydney"] as const;

/** Some 500 ways to say this slot: daily, hourly, on weekdays, on days of the month, at several hours, at several minutes. */
export function patternsDueAt(slotAt: Date): SchedulePattern[] {
  return ZONES.flatMap((zone) =>
    expressionsFor(new Date(slotAt.getTime() + zoneOffsetMs(zone, slotAt))).map((expression) => ({ expression, zone, nextRunAt: slotAt })),
  );
}

/** @param local The slot on the zone's own clock, read with the UTC getters. */
function expressionsFor(local: Date): string[] {
  const [minute, hour, day, month, weekday] = [local.getUTCMinutes(), local.getUTCHours(), local.getUTCDate(), local.getUTCMonth() + 1, local.getUTCDay()];
  const together = (...values: number[]) => [...new Set(values)].sort((a, b) => a - b).join(",");
  const hours = Array.from({ length: 24 }, (_, other) => [3, 9].map((third) => `${minute} ${together(hour, other, third)} * * *`)).flat();
  const minutes = Array.from({ length: 40 }, (_, other) => `${together(minute, other)} ${hour} * * ${weekday}`);
  return [`${minute} ${hour} * * *`, `${minute} * * * *`, `${minute} ${hour} ${day} * *`, `${minute} ${hour} ${day} ${month} *`, ...hours, ...minutes];
}

/** Daily and hourly schedules in five zones with their real next slots, as the peers get them too. */
export function patternsOfADay(after: Date): SchedulePattern[] {
  const minutesOfTheDay = Array.from({ length: 1_440 }, (_, nth) => nth);
  return minutesOfTheDay.flatMap((nth) => {
    const expression = nth % 2 === 1 ? `${nth % 60} ${Math.floor(nth / 60)} * * *` : `${nth % 60} * * * *`;
    const zone = ZONES[nth % ZONES.length] ?? "UTC";
    const nextRunAt = nextOccurrence(expression, zone, after);
    return nextRunAt ? [{ expression, zone, nextRunAt }] : [];
  });
}
