import { MISSED_POLICIES } from "@/domain/schedule-choices";
import { realEdits, type ScheduleDraft } from "./schedule-draft";

/** Unsaved edits, with what they started from. */
export interface Edited {
  /** The version that the person saw when they began; 0 where there was no schedule. */
  version: number;
  base: ScheduleDraft;
  edits: Partial<ScheduleDraft>;
}

/** What was typed after `sent` was sent, on top of what is stored since; null when nothing was. */
export function editsSince(edited: Edited | null, sent: ScheduleDraft, stored: Pick<Edited, "version" | "base">): Edited | null {
  const edits = realEdits(sent, edited?.edits ?? {});
  return Object.keys(edits).length > 0 ? { ...stored, edits } : null;
}

const isText = (value: unknown) => typeof value === "string";

/** Written by hand: for this alone the page would load a library. */
const HOLDS: Record<keyof ScheduleDraft, (value: unknown) => boolean> = {
  cronExpression: isText,
  timeZone: isText,
  presetId: (value) => value === null || isText(value),
  missedPolicy: (value) => MISSED_POLICIES.some((policy) => policy === value),
  runLimitMinutes: isText,
  spreadMs: Number.isInteger,
};

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
  const read = parseJson(storage.getItem(key));
  return isEdited(read) ? read : null;
}

function isEdited(value: unknown): value is Edited {
  if (!isRecord(value) || !Number.isInteger(value.version) || !isRecord(value.base) || !isRecord(value.edits)) return false;
  const { base, edits } = value;
  return Object.entries(HOLDS).every(([name, holds]) => holds(base[name]) && (!(name in edits) || holds(edits[name])));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
