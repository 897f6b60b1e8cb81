import { z } from "zod";
import { fieldChangeSchema } from "./item-change";

/** What a collector hands over: one record as the source states it, before it is stored. */
export interface CollectedItem {
  /** Identifies the item within its source: stable from one collection to the next. */
  key: string;
  title?: string;
  /** Absolute http(s) address. */
  url?: string;
  publishedAt?: Date;
  /** Everything else, as JSON. Part of the content hash, as are title, url and publishedAt. */
  fields: Record<string, JsonValue>;
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** `new` = as first collected; `changed` = it was changed, or came back, since; `gone` = its source's list does not hold it any more. */
export const ITEM_STATES = ["new", "changed", "gone"] as const;

/** `failing` = its source cannot be collected now, or could not the last time. */
export const SOURCE_HEALTHS = ["failing", "working"] as const;

/** A stored item. */
export const itemSchema = z.object({
  id: z.string(),
  sourceId: z.uuid(),
  sourceName: z.string(),
  key: z.string(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  publishedAt: z.date().nullable(),
  fields: z.record(z.string(), z.json()),
  timesSeen: z.int(),
  firstSeenAt: z.date(),
  firstSeenRunId: z.uuid(),
  /** Null once that run is deleted. */
  firstSeenRunNumber: z.int().nullable(),
  lastSeenAt: z.date(),
  lastChangedAt: z.date(),
  /** Since when its source's list does not hold it any more; null while it does, as far as is known. */
  goneAt: z.date().nullable(),
  state: z.enum(ITEM_STATES),
  /** Where the list is of one run: it came back with that run. */
  cameBack: z.boolean(),
  /** Where the list is of one run: the first fields that it changed about the item, 3 at most. Empty otherwise, and for what is new. */
  changes: z.array(fieldChangeSchema),
  /** Fields that the run changed and that are not among `changes`. */
  moreChanges: z.int(),
});
export type Item = z.infer<typeof itemSchema>;

const day = z.iso.date("Enter a date, as in 2026-11-24.");

/** Which items: what lists, exports, saved views and notifications narrow them to. Everything that is stated has to hold. */
export const itemConditionsSchema = z.object({
  /** Words to look for. */
  text: z.string().trim().max(200, "Search for at most 200 characters.").optional(),
  sourceId: z.uuid("This is no source's id.").optional(),
  /** Items of the sources that this preset holds now. */
  presetId: z.uuid("This is no preset's id.").optional(),
  /** Items that this run brought, new or changed. */
  runId: z.uuid("This is no run's id.").optional(),
  state: z.enum(ITEM_STATES, `The state is one of ${ITEM_STATES.join(", ")}.`).optional(),
  /** Items of the sources that fail now, or of all others. */
  sourceHealth: z.enum(SOURCE_HEALTHS, `The health of a source is one of ${SOURCE_HEALTHS.join(", ")}.`).optional(),
  // First and last day, both included, in the organization's time zone.
  /** Of when they were first collected, or else changed last. */
  collectedFrom: day.optional(),
  collectedTo: day.optional(),
  /** Of when their source says they were published; items without a date match no day. */
  publishedFrom: day.optional(),
  publishedTo: day.optional(),
});
export type ItemConditions = z.infer<typeof itemConditionsSchema>;

export const itemFilterSchema = itemConditionsSchema.extend({
  limit: z.int().min(1).max(200).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(100).nullish(),
});
export type ItemFilter = z.infer<typeof itemFilterSchema>;

export const itemPageSchema = z.object({
  items: z.array(itemSchema),
  nextCursor: z.string().nullable(),
  /** How many match in all; null when that was not counted to the end. */
  total: z.int().nullable(),
  /** So many match at least. */
  atLeast: z.int(),
});
export type ItemPage = z.infer<typeof itemPageSchema>;
