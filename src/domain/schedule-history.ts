import { z } from "zod";
import { changesSchema } from "./audit";
import { scheduleSchema } from "./schedule";

/** What can be restored of a version. Whether the schedule is on or paused is not part of it. */
const restorableSettingsSchema = scheduleSchema
  .pick({ cronExpression: true, timeZone: true, presetId: true, missedPolicy: true, runLimitMs: true, spreadMs: true })
  // As named then: the preset may be renamed or deleted since.
  .extend({ presetName: z.string().nullable() });
export type RestorableSettings = z.infer<typeof restorableSettingsSchema>;

/** One change of the schedule. */
const scheduleHistoryEntrySchema = z.object({
  id: z.string(),
  version: z.int(),
  at: z.date(),
  /** Null: Milkrun itself. */
  changedByName: z.string().nullable(),
  /** There is no earlier version of this schedule. */
  isFirst: z.boolean(),
  changes: changesSchema,
  /** When the pause of this version ended by itself; null where there was none, while it lasts, and where somebody ended or changed it before. */
  pauseEndedAt: z.date().nullable(),
  settings: restorableSettingsSchema,
});
export type ScheduleHistoryEntry = z.infer<typeof scheduleHistoryEntrySchema>;

export const scheduleHistoryInputSchema = z.object({
  limit: z.int().min(1).max(100).default(20),
  /** `nextCursor` of the page before. */
  cursor: z
    .string()
    .regex(/^[0-9]{1,18}$/)
    .nullish(),
});

export const scheduleHistoryPageSchema = z.object({ entries: z.array(scheduleHistoryEntrySchema), nextCursor: z.string().nullable() });

/** Makes what stood in the entry `id` the newest version. `version` is the one that the person saw; 0 where there is no schedule. */
export const scheduleRestoreSchema = z.object({ version: z.int().nonnegative(), id: z.string().regex(/^[0-9]{1,18}$/) });
