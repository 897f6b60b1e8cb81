"use client";
import { isPaused } from "@/domain/pause";
import type { Schedule } from "@/domain/schedule";
import { useNow } from "@/ui/time/now";

/** Pauses are made to end at full minutes. */
const MINUTE_MS = 60_000;

/** Whether the schedule is paused at this moment; false where there is none. */
export function usePaused(schedule: Schedule | null): boolean {
  const now = useNow(MINUTE_MS);
  return schedule !== null && isPaused(schedule, now);
}
