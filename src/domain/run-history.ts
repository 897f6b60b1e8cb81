import { z } from "zod";
import { RUN_STATUSES } from "./run-status";

/** One day of the schedule's zone, where anything happened on it. */
const runDaySchema = z.object({
  date: z.iso.date(),
  /** Runs whose slot was due on it and, of those without a slot, those that were asked for on it. */
  runs: z.int(),
  /** Runs among them that failed, ran out of time or were abandoned. */
  failed: z.int(),
  /** Slots that were left out: a run was going, or a person asked for it. */
  skipped: z.int(),
  /** Slots that were due on it and never ran, because no scheduler was there: missed and passed over ones. */
  missed: z.int(),
  /** Of runs that have ended. */
  newItems: z.int(),
});
export type RunDay = z.infer<typeof runDaySchema>;

/** What became of a slot: its run's status, or `passed_over` where a newer slot ran in its place. */
const SLOT_STATUSES = [...RUN_STATUSES, "passed_over"] as const;
export type SlotStatus = (typeof SLOT_STATUSES)[number];

/** One slot, and the row of the ledger that accounts for it. */
const recentSlotSchema = z.object({
  at: z.date(),
  status: z.enum(SLOT_STATUSES),
  /** The row's; several missed or passed over slots have one row. */
  runId: z.uuid(),
  runNumber: z.int(),
  /** What the run brought, up to now; 0 for a slot that never ran. */
  newCount: z.int(),
  changedCount: z.int(),
  sourceCount: z.int(),
  failedSourceCount: z.int(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  /** For a skipped one: the run that was going; null where it is no longer kept and where a person asked to leave the slot out. */
  blockingRunNumber: z.int().nullable(),
  /** What went wrong or why it never ran, in words; of a source, where the run itself says nothing. */
  message: z.string().nullable(),
});
export type RecentSlot = z.infer<typeof recentSlotSchema>;

export const runHistorySchema = z.object({
  /** The schedule's; without a schedule the organization's. */
  timeZone: z.string(),
  /** The first day, a Monday, and the last one, today. */
  from: z.iso.date(),
  to: z.iso.date(),
  /** Oldest first; days on which nothing happened are left out. */
  days: z.array(runDaySchema),
  /** The newest first, 60 at most. */
  slots: z.array(recentSlotSchema),
});
export type RunHistory = z.infer<typeof runHistorySchema>;
