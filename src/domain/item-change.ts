import { z } from "zod";
import type { CollectedItem, JsonValue } from "./item";

/** Changed items of one source that a run keeps the changes of at most, and so many that went: what is different at every look tells nothing. */
export const MOST_CHANGED_ITEMS = 1_000;
/** Changes that are kept of an item at most, the newest. */
export const MOST_ITEM_CHANGES = 50;
/** Fields that one change tells of at most; the others are counted. */
export const MOST_CHANGED_FIELDS = 50;
/** A longer value is cut, as text. */
export const MOST_VALUE_LENGTH = 2_000;

/** What a field of an item was and what it is now, as text; null where it was not there. */
export const fieldChangeSchema = z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() });
export type FieldChange = z.infer<typeof fieldChangeSchema>;

/** What a run changed about an item. */
export const itemChangeSchema = z.object({
  runId: z.uuid(),
  runNumber: z.int(),
  at: z.date(),
  fields: z.array(fieldChangeSchema),
  /** Fields that changed too and are not among `fields`. */
  moreFields: z.int(),
  /** That it went, or came back; null where it was there before and after. */
  presence: z.enum(["gone", "returned"]).nullable(),
});
export type ItemChange = z.infer<typeof itemChangeSchema>;

type Content = Omit<CollectedItem, "key">;

/** The fields that differ: title, link and date first, then the item's own in their order. */
export function changedFields(before: Content, after: Content): { fields: FieldChange[]; moreFields: number } {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  const names = [...new Set([...is.keys(), ...was.keys()])].filter((name) => !isSame(was.get(name) ?? null, is.get(name) ?? null));
  const fields = names.slice(0, MOST_CHANGED_FIELDS).map((field) => ({ field: cut(field), from: shownValue(was.get(field)), to: shownValue(is.get(field)) }));
  return { fields, moreFields: names.length - fields.length };
}

/** An item's own fields may be called as those are that every item has. */
function valuesOf({ title, url, publishedAt, fields }: Content): Map<string, JsonValue> {
  const common = { Title: title ?? null, Link: url ?? null, Published: publishedAt?.toISOString() ?? null };
  const own = Object.entries(fields).map(([name, value]): [string, JsonValue] => [Object.hasOwn(common, name) ? `${name} (field)` : name, value]);
  return new Map([...Object.entries(common), ...own]);
}

/** Equal as JSON, whatever the order of the members: the database keeps them in one of its own. */
function isSame(a: JsonValue, b: JsonValue): boolean {
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, index) => isSame(value, b[index] ?? null));
  }
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name] ?? null, b[name] ?? null));
}

function shownValue(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return cut(typeof value === "string" ? value : JSON.stringify(value));
}

/** By code points, so that no half of a character is left. */
function cut(text: string): string {
  if (text.length <= MOST_VALUE_LENGTH) return text;
  return `${Array.from(text.slice(0, MOST_VALUE_LENGTH)).slice(0, -1).join("")}…`;
}
