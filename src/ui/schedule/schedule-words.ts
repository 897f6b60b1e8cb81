import { describeCron } from "@/domain/describe-cron";
import type { Schedule } from "@/domain/schedule";
import { formatInstant, formatViewerTime } from "@/ui/time/zoned-time";

/** "Runs every weekday at 07:00, Berlin time.", or with "Would run" while it is off. */
export function runsSentence(cronExpression: string, timeZone: string, verb: "Runs" | "Would run" = "Runs"): string {
  const words = describeCron(cronExpression, timeZone);
  return `${verb} ${words.charAt(0).toLowerCase()}${words.slice(1)}.`;
}

/** "Tue 24 Nov, 07:00 Berlin (06:00 your time)" */
export function instantWords(at: Date, timeZone: string, viewerZone: string | null, now: Date): string {
  const viewerTime = viewerZone && formatViewerTime(at, timeZone, viewerZone, now);
  return `${formatInstant(at, timeZone, now)}${viewerTime ? ` (${viewerTime})` : ""}`;
}

/** What a save led to. */
export function savedSentence(schedule: Schedule, viewerZone: string | null, now: Date): string {
  if (!schedule.enabled) return "Saved. The schedule is off, so nothing starts by itself.";
  if (!schedule.nextRunAt) return "Saved.";
  return `Saved. Next run: ${instantWords(schedule.nextRunAt, schedule.timeZone, viewerZone, now)}.`;
}
