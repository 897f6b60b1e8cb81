import { z } from "zod";
import { MISSED_POLICIES } from "@/domain/schedule";
import type { ScheduleDraft } from "./schedule-draft";

/** Unsaved edits, with what they started from. */
export interface Edited {
  /** The version that the person saw when they began; 0 where there was no schedule. */
  version: number;
  base: ScheduleDraft;
  edits: Partial<ScheduleDraft>;
}

const draftSchema = z.object({
  cronExpression: z.string(),
  timeZone: z.string(),
  presetId: z.string().nullable(),
  missedPolicy: z.enum(MISSED_POLICIES),
  runLimitMinutes: z.string(),
  spreadMs: z.int(),
}) satisfies z.ZodType<ScheduleDraft>;

const editedSchema = z.object({ version: z.int(), base: draftSchema, edits: draftSchema.partial() });

/** The place of a person's edits in an organization: another person who signs in to the same tab must not find them. */
export function keptDraftKey(organizationId: string, userId: string): string {
  return `milkrun.schedule-draft.${organizationId}.${userId}`;
}

/** Keeps the edits for this tab, over a reload and over a session that ends; without edits it forgets those that it kept. */
export function keepDraft(storage: Storage, key: string, edited: Edited | null): void {
  if (edited) storage.setItem(key, JSON.stringify(edited));
  else storage.removeItem(key);
}

/** What was kept; null when nothing was. Storage is anyone's to edit, so what has another shape is nothing. */
export function readKeptDraft(storage: Storage, key: string): Edited | null {
  const read = editedSchema.safeParse(parseJson(storage.getItem(key)));
  return read.success ? read.data : null;
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
