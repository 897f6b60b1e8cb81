import { isPaused } from "@/domain/pause-state";
import type { ClockStyle } from "@/domain/preferences";
import type { Schedule } from "@/domain/schedule";
import { comingRun } from "@/ui/schedule/coming-run";
import { formatInstant } from "@/ui/time/zoned-time";

/** What an empty ledger waits for: "No runs yet. The first is due Tue 24 Nov, 07:00 Berlin." */
export function noRunsWords(schedule: Schedule | null, now: Date, clockStyle: ClockStyle): string {
  return `No runs yet. ${firstRunWords(schedule, now, clockStyle)}`;
}

function firstRunWords(schedule: Schedule | null, now: Date, clockStyle: ClockStyle): string {
  const coming = schedule?.enabled ? comingRun(schedule) : null;
  if (schedule && coming) return `The first is due ${formatInstant(coming.at, schedule.timeZone, now, clockStyle)}.`;
  if (schedule && isPaused(schedule, now)) return "The schedule is paused: until somebody resumes it, runs start only by “Run now”.";
  return "Nothing is scheduled: runs start only by “Run now”.";
}
