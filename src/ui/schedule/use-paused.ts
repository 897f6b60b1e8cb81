"use client";
import { isPaused } from "@/domain/pause-state";
import type { Schedule } from "@/domain/schedule";
import { useNow } from "@/ui/time/now";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Whether the schedule is paused at this moment; false where there is none. */
export function usePaused(schedule: Schedule | null): boolean {
  const now = useNow(endsWithinMinute(schedule) ? SECOND_MS : MINUTE_MS);
  return schedule !== null && isPaused(schedule, now);
}

/** People pause until full minutes. A program may name any moment, and only then the page looks every second. */
function endsWithinMinute(schedule: Schedule | null): boolean {
  return schedule?.pausedUntil ? schedule.pausedUntil.getTime() % MINUTE_MS !== 0 : false;
}
