import { z } from "zod";
import { DAY_MS, HOUR_MS } from "./calendar-days";
import { parseCron } from "./cron-expression";
import { occurrences } from "./occurrences";
import { runFilterSchema, runSummarySchema } from "./run";
import type { Schedule } from "./schedule";
import { offsetMsAt, resolveTimeZone } from "./time-zone";
import { dayInZone, startOfDay } from "./zone-days";

/** What the timeline shows: the last 24 hours, a row for each; or the last 7 days, a row for each. */
export const TIMELINE_WINDOWS = ["day", "week"] as const;
export type TimelineWindow = (typeof TIMELINE_WINDOWS)[number];

/** A timeline of fewer slots is mostly empty. */
const FEWEST_SLOTS = 6;
const ROWS: Record<TimelineWindow, number> = { day: 24, week: 7 };

/** More than a run of each minute of a day: beyond it nobody can tell the bars apart. */
export const TIMELINE_RUNS = 2_000;

export const runTimelineInputSchema = z.object({
  ...runFilterSchema.pick({ status: true, trigger: true, presetId: true }).shape,
  /** Without it the schedule's own interval decides. */
  window: z.enum(TIMELINE_WINDOWS).optional(),
});
export type RunTimelineInput = z.infer<typeof runTimelineInputSchema>;

/** A run as the timeline draws it. */
const timelineRunSchema = runSummarySchema.pick({
  id: true,
  number: true,
  status: true,
  presetName: true,
  slotAt: true,
  spanStartAt: true,
  missedCount: true,
  queuedAt: true,
  startedAt: true,
  finishedAt: true,
});
export type TimelineRun = z.infer<typeof timelineRunSchema>;

export const runTimelineSchema = z.object({
  window: z.enum(TIMELINE_WINDOWS),
  /** Oldest first. */
  runs: z.array(timelineRunSchema),
  /** More than 2,000 runs: the oldest are left out. */
  isCutOff: z.boolean(),
});
export type RunTimeline = z.infer<typeof runTimelineSchema>;

/** The hour or the day that one row of the timeline stands for. */
export interface TimelineRow {
  startsAt: Date;
  /** Exclusive. A day has 23 or 25 hours when the clocks change. */
  endsAt: Date;
}

/** The shortest window in which the schedule had enough slots to fill it; 7 days where there is no schedule. */
export function timelineWindow(schedule: Pick<Schedule, "cronExpression" | "timeZone"> | null, now: Date): TimelineWindow {
  // A zone can vanish with an update of the time zone data, and what was stored once may be refused today; the runs are still there.
  if (!schedule || !resolveTimeZone(schedule.timeZone).ok || !parseCron(schedule.cronExpression).ok) return "week";
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const sixth = occurrences(schedule.cronExpression, schedule.timeZone, dayAgo, FEWEST_SLOTS)[FEWEST_SLOTS - 1];
  return sixth && sixth <= now ? "day" : "week";
}

/** The rows of a window, the present one first. Hours and days begin where the zone's clock says. */
export function timelineRows(window: TimelineWindow, timeZone: string, now: Date): TimelineRow[] {
  const rows = Array.from({ length: ROWS[window] }, (_, ago) => ago);
  return rows.map((ago) => (window === "day" ? hourRow(timeZone, now, ago) : dayRow(timeZone, now, ago)));
}

function hourRow(timeZone: string, now: Date, ago: number): TimelineRow {
  const offsetMs = offsetMsAt(timeZone, now);
  const startMs = Math.floor((now.getTime() + offsetMs) / HOUR_MS) * HOUR_MS - offsetMs - ago * HOUR_MS;
  return { startsAt: new Date(startMs), endsAt: new Date(startMs + HOUR_MS) };
}

function dayRow(timeZone: string, now: Date, ago: number): TimelineRow {
  const day = dayInZone(now, timeZone) - ago;
  return { startsAt: startOfDay(day, timeZone), endsAt: startOfDay(day + 1, timeZone) };
}
