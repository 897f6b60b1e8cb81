import { z } from "zod";

/** Scheduled runs that failed in a row. */
export const failureStreakSchema = z.object({
  count: z.int(),
  /** When the first of them began. */
  since: z.date(),
  /** What went wrong in the newest. */
  lastMessage: z.string().nullable(),
  lastRunId: z.uuid(),
  lastRunNumber: z.int(),
});
export type FailureStreak = z.infer<typeof failureStreakSchema>;
