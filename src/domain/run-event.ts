import { z } from "zod";

/** How much a line of a run's log matters: `warning` = may pass or was asked for, `error` = something is lacking for good. */
const RUN_EVENT_LEVELS = ["info", "warning", "error"] as const;
export type RunEventLevel = (typeof RUN_EVENT_LEVELS)[number];

/** What a line of a run's log tells. */
const RUN_EVENT_CODES = [
  // Of the run.
  "queued",
  "skipped",
  "missed",
  "taken",
  "sources_listed",
  "cancel_requested",
  "requeued",
  "ended",
  // Of one of its sources.
  "quarantined",
  "turn_waited",
  "attempt_started",
  "attempt_failed",
  "robots_refused",
  "source_failed",
  "source_collected",
  "source_not_modified",
  "source_not_due",
] as const;
export type RunEventCode = (typeof RUN_EVENT_CODES)[number];

/**
 * A run's log holds about so many lines at most. Beyond it the lines of sources are left out; what happens to the run as a whole is still
 * written.
 */
export const MOST_RUN_EVENTS = 20_000;

/** A line that is about to be written. */
export interface RunEventDraft {
  level: RunEventLevel;
  code: RunEventCode;
  /** Null: about the run as a whole. */
  sourceId: string | null;
  /** For the person. It names neither the source nor the time, which stand beside it. */
  message: string;
}

/** A line of a run's log. */
const runEventSchema = z.object({
  /** Counts up from 0 without gaps; 0 says how the run came to be. */
  number: z.int(),
  at: z.date(),
  level: z.enum(RUN_EVENT_LEVELS),
  code: z.enum(RUN_EVENT_CODES),
  sourceId: z.uuid().nullable(),
  /** As the source was called in this run. */
  sourceName: z.string().nullable(),
  message: z.string(),
});
export type RunEvent = z.infer<typeof runEventSchema>;

export const runLogFilterSchema = z.object({
  runId: z.uuid("Pick a run from the list."),
  /** `nextCursor` of the part before: the number of the last line that is known. Left out, the log is read from its beginning. */
  cursor: z.int().min(-1).default(-1),
  limit: z.int().min(1).max(2_000).default(500),
});
export type RunLogFilter = z.infer<typeof runLogFilterSchema>;

/** A part of a run's log, oldest line first. */
export const runLogPageSchema = z.object({
  events: z.array(runEventSchema),
  /** Where the next part begins, now or once there is more to tell. */
  nextCursor: z.int(),
  /** There are more lines already. */
  more: z.boolean(),
});
export type RunLogPage = z.infer<typeof runLogPageSchema>;
