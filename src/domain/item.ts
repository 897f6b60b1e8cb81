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
  /** `gone` = its source's list does not hold it any more; `changed` = it was changed, or came back, since; `new` = as first collected. */
  state: z.enum(["new", "changed", "gone"]),
  /** Where the list is of one run: it came back with that run. */
  cameBack: z.boolean(),
  /** Where the list is of one run: the first fields that it changed about the item, 3 at most. Empty otherwise, and for what is new. */
  changes: z.array(fieldChangeSchema),
  /** Fields that the run changed and that are not among `changes`. */
  moreChanges: z.int(),
});
export type Item = z.infer<typeof itemSchema>;

export const itemFilterSchema = z.object({
  sourceId: z.uuid().optional(),
  /** Items that this run brought, new or changed. */
  runId: z.uuid().optional(),
  /** Words to look for in titles. */
  text: z.string().trim().max(200, "Search for at most 200 characters.").optional(),
  limit: z.int().min(1).max(200).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(100).nullish(),
});
export type ItemFilter = z.infer<typeof itemFilterSchema>;

export const itemPageSchema = z.object({
  items: z.array(itemSchema),
  nextCursor: z.string().nullable(),
  /** How many match in all; null when that was not counted. */
  total: z.int().nullable(),
});
