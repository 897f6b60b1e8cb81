import { z } from "zod";
import { SOURCE_KINDS } from "./source";

/** How a run came to be. */
export const RUN_TRIGGERS = ["schedule", "person", "api"] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/** `queued` and `running` are active: an organization has at most one such run. The others are final. */
export const RUN_STATUSES = ["queued", "running", "succeeded", "partial", "failed", "cancelled", "timed_out", "abandoned", "skipped", "missed"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const ACTIVE_RUN_STATUSES = ["queued", "running"] as const satisfies readonly RunStatus[];

export function isActive(status: RunStatus): boolean {
  return status === "queued" || status === "running";
}

/** The state of one source within a run. `not_modified` = the site answered that nothing changed. */
export const RUN_SOURCE_STATUSES = ["queued", "fetching", "succeeded", "not_modified", "failed", "cancelled"] as const;
export type RunSourceStatus = (typeof RUN_SOURCE_STATUSES)[number];

/** What happened to the items of one source, or of all sources of a run. */
export interface ItemCounts {
  newCount: number;
  changedCount: number;
  unchangedCount: number;
}

/** The final status that the outcomes of a run's sources add up to; "0 new items" is success. A run without sources succeeds. */
export function runStatusOf(sources: readonly RunSourceStatus[]): "succeeded" | "partial" | "failed" {
  const failed = sources.filter((status) => status === "failed").length;
  if (failed === 0) return "succeeded";
  return failed === sources.length ? "failed" : "partial";
}

/** An expired lease returns the run to the queue this many times at most; then it is abandoned. */
export const MAX_RUN_ATTEMPTS = 2;
export const LEASE_MS = 60_000;
export const LEASE_RENEW_MS = 15_000;

const countsShape = { newCount: z.int(), changedCount: z.int(), unchangedCount: z.int() };

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
  presetName: z.string().nullable(),
  startedByName: z.string().nullable(),
  cancelledByName: z.string().nullable(),
  queuedAt: z.date(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  cancelRequestedAt: z.date().nullable(),
  attempt: z.int(),
  message: z.string().nullable(),
  ...countsShape,
  sourceCount: z.int(),
  doneSourceCount: z.int(),
  failedSourceCount: z.int(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** One source of a run. */
export const runSourceSchema = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  name: z.string(),
  kind: z.enum(SOURCE_KINDS),
  url: z.string(),
  status: z.enum(RUN_SOURCE_STATUSES),
  attempts: z.int(),
  startedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  httpStatus: z.int().nullable(),
  wireBytes: z.int().nullable(),
  ...countsShape,
  errorCode: z.string().nullable(),
  message: z.string().nullable(),
});
export type RunSource = z.infer<typeof runSourceSchema>;

export const runDetailSchema = z.object({ ...runSummarySchema.shape, limitMs: z.int(), sources: z.array(runSourceSchema) });
export type RunDetail = z.infer<typeof runDetailSchema>;

export const runFilterSchema = z.object({
  status: z.array(z.enum(RUN_STATUSES)).max(RUN_STATUSES.length).optional(),
  trigger: z.enum(RUN_TRIGGERS).optional(),
  limit: z.int().min(1).max(200).default(50),
  /** `nextCursor` of the page before: the number of the last run shown. */
  cursor: z.int().positive().nullish(),
});
export type RunFilter = z.infer<typeof runFilterSchema>;

export const runPageSchema = z.object({ runs: z.array(runSummarySchema), nextCursor: z.int().nullable() });
