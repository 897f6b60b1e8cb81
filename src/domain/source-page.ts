import { z } from "zod";
import { RUN_SOURCE_STATUSES } from "./run-status";
import { presetOfSourceSchema, SOURCE_KINDS } from "./source";

/** What a list of sources goes by: names from A, or the last success, the longest ago first. */
export const SOURCE_ORDERS = ["name", "last_success"] as const;
export type SourceOrder = (typeof SOURCE_ORDERS)[number];

/** Which sources a list shows. */
export const sourceMatchSchema = z.object({
  /** Words that name or host hold. */
  text: z.string().trim().max(200, "Search for at most 200 characters.").optional(),
  kind: z.enum(SOURCE_KINDS).optional(),
  /** Only those that fail or are in quarantine. */
  failing: z.boolean().optional(),
});
export type SourceMatch = z.infer<typeof sourceMatchSchema>;

export const sourcePageInputSchema = sourceMatchSchema.extend({
  order: z.enum(SOURCE_ORDERS).default("name"),
  limit: z.int().min(1).max(200).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(1_000).nullish(),
});
export type SourcePageInput = z.infer<typeof sourcePageInputSchema>;

const collectionSchema = z.object({
  runId: z.uuid(),
  status: z.enum(RUN_SOURCE_STATUSES),
  at: z.date(),
  newCount: z.int(),
  message: z.string().nullable(),
});
/** How one collection of a source went. */
export type SourceCollection = z.infer<typeof collectionSchema>;

export const listedSourceSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(SOURCE_KINDS),
  url: z.string(),
  enabled: z.boolean(),
  lastSuccessAt: z.date().nullable(),
  lastFailureMessage: z.string().nullable(),
  consecutiveFailures: z.int(),
  crashCount: z.int(),
  quarantinedAt: z.date().nullable(),
  presets: z.array(presetOfSourceSchema),
  /** Its last collections, the oldest first, 20 at most. */
  history: z.array(collectionSchema),
  /** When it is collected next: a failed attempt again, or by the schedule; null where neither is to come. */
  nextTryAt: z.date().nullable(),
});
export type ListedSource = z.infer<typeof listedSourceSchema>;

export const sourcePageSchema = z.object({
  sources: z.array(listedSourceSchema),
  nextCursor: z.string().nullable(),
  /** How many match in all. */
  total: z.int(),
  /** How many sources fail, whatever the filter. */
  failing: z.int(),
  /** How many sources there are, whatever the filter. */
  all: z.int(),
});
