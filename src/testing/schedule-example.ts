import type { Schedule } from "@/domain/schedule";

/** A schedule as the API gives it: every day at 03:30 in Berlin, on, next on Wed 25 Nov 2026. */
export function exampleSchedule(changes: Partial<Schedule> = {}): Schedule {
  const nextRunAt = new Date("2026-11-25T02:30:00Z");
  return {
    id: "0198f2c0-0000-7000-8000-000000000001",
    version: 1,
    cronExpression: "30 3 * * *",
    timeZone: "Europe/Berlin",
    presetId: null,
    enabled: true,
    missedPolicy: "run_once",
    graceMs: 3_600_000,
    runLimitMs: null,
    spreadMs: 0,
    nextRunAt,
    dueAt: nextRunAt,
    ...{ pausedAt: null, pausedUntil: null, pauseNote: null, pausedByName: null },
    ...{ skipSlotAt: null, slotAfterSkipAt: null, failureStreak: null, problem: null },
    lowerBoundAt: new Date("2026-11-24T02:30:00Z"),
    updatedAt: new Date("2026-11-20T10:00:00Z"),
    updatedByName: null,
    ...changes,
  };
}
