import { z } from "zod";
import { RUN_SOURCE_STATUSES, RUN_STATUSES, RUN_TRIGGERS } from "./run-status";
import { SOURCE_KINDS } from "./source";

const countsShape = { newCount: z.int(), changedCount: z.int(), unchangedCount: z.int(), goneCount: z.int() };

/** A row of the ledger, as lists show it. */
export const runSummarySchema = z.object({
  id: z.uuid(),
  /** Counts up from 1 within the organization. */
  number: z.int(),
  trigger: z.enum(RUN_TRIGGERS),
  status: z.enum(RUN_STATUSES),
  slotAt: z.date().nullable(),
  latenessMs: z.int().nullable(),
  spanStartAt: z.date().nullable(),
  supersededCount: z.int(),
  missedCount: z.int(),
  blockingRunId: z.uuid().nullable(),
  blockingRunNumber: z.int().nullable(),
  presetId: z.uuid().nullable(),
  presetName: z.string().nullable(),
  startedByName: z.string().nullable(),
  cancelledByName: z.string().nullable(),
  queuedAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  cancelRequestedAt: z.date().nullable(),
  attempt: z.int(),
  /** Workers that died while they held it. */
  crashCount: z.int(),
  /** The run whose failed sources this one collects again; its number is null once it is no longer kept. */
  retryOfRunId: z.uuid().nullable(),
  retryOfRunNumber: z.int().nullable(),
  message: z.string().nullable(),
  ...countsShape,
  /** New items that the runs before it usually brought; null where there is too little to compare with. */
  usualNewCount: z.int().nullable(),
  /** It brought nothing new, and nearly every run before it did. */
  isUnusuallyEmpty: z.boolean(),
  sourceCount: z.int(),
  doneSourceCount: z.int(),
  failedSourceCount: z.int(),
  /** Sources that failed or were not finished and can be collected again; 0 while the run is going. */
  retryableSourceCount: z.int(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** One source of a run. */
const runSourceSchema = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  name: z.string(),
  kind: z.enum(SOURCE_KINDS),
  url: z.string(),
  status: z.enum(RUN_SOURCE_STATUSES),
  attempts: z.int(),
  /** When a failed attempt is made again; null when none waits. */
  retryAt: z.date().nullable(),
  /** How long each further attempt was or is waited for, in milliseconds. */
  retryWaitsMs: z.array(z.int()),
  /** Since when it waited for its turn at its site before its first attempt; null where it did not for long. */
  waitingAt: z.date().nullable(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  httpStatus: z.int().nullable(),
  wireBytes: z.int().nullable(),
  ...countsShape,
  /** Of a source that is not due: until when its site asks not to be asked again. */
  comeBackAt: z.date().nullable(),
  errorCode: z.string().nullable(),
  message: z.string().nullable(),
});
export type RunSource = z.infer<typeof runSourceSchema>;

export const runDetailSchema = z.object({
  ...runSummarySchema.shape,
  limitMs: z.int(),
  /** Of the schedule, as it was when it started the run; null where a person or a program did. */
  scheduleVersion: z.int().nullable(),
  /** How long runs of its preset usually take (the median), in milliseconds; null when too few are known, and once it has ended. */
  usualMs: z.int().nullable(),
  /** The number of the newest line of its log. */
  newestEvent: z.int(),
  sources: z.array(runSourceSchema),
  /** Runs that collected its failed sources again, oldest first. */
  retries: z.array(z.object({ id: z.uuid(), number: z.int() })),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

/** What narrows the ledger besides the status. */
export const runScopeSchema = z.object({
  trigger: z.enum(RUN_TRIGGERS).optional(),
  presetId: z.uuid().optional(),
  /** First and last day, in the schedule's time zone: of the slot, or of the request where there is no slot. */
  from: z.iso.date("Enter a date.").optional(),
  to: z.iso.date("Enter a date.").optional(),
});
export type RunScope = z.infer<typeof runScopeSchema>;

export const runFilterSchema = z.object({
  ...runScopeSchema.shape,
  status: z.array(z.enum(RUN_STATUSES)).max(RUN_STATUSES.length).optional(),
  limit: z.int().min(1).max(200).default(50),
  /** `nextCursor` of the page before: the number of the last run shown. */
  cursor: z.int().positive().nullish(),
});
export type RunFilter = z.infer<typeof runFilterSchema>;

/** How many runs have each status. */
export const runCountsSchema = z.record(z.enum(RUN_STATUSES), z.int());
export type RunCounts = z.infer<typeof runCountsSchema>;

export const runPageSchema = z.object({ runs: z.array(runSummarySchema), nextCursor: z.int().nullable() });
