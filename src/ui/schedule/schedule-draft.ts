import { MINUTE_MS } from "@/domain/calendar-days";
import { type CronErrorField, parseCron } from "@/domain/cron-expression";
import type { MissedPolicy, Schedule, ScheduleUpdate } from "@/domain/schedule";
import { resolveTimeZone } from "@/domain/time-zone";

/** The form's fields as they stand on the screen; nothing that was typed is rewritten. */
export interface ScheduleDraft {
  cronExpression: string;
  timeZone: string;
  presetId: string | null;
  missedPolicy: MissedPolicy;
  /** Empty: the server's limit. */
  runLimitMinutes: string;
  spreadMs: number;
}

export interface DraftErrors {
  cronExpression?: { message: string; field: CronErrorField };
  timeZone?: string;
  presetId?: string;
  runLimitMinutes?: string;
}

const DAY_MINUTES = 1440;

export function draftOf(schedule: Schedule): ScheduleDraft {
  const { cronExpression, timeZone, presetId, missedPolicy, runLimitMs, spreadMs } = schedule;
  return { cronExpression, timeZone, presetId, missedPolicy, spreadMs, runLimitMinutes: runLimitMs === null ? "" : String(runLimitMs / MINUTE_MS) };
}

/** The expression that is proposed where there is no schedule yet. */
export const PROPOSED_CRON = "0 7 * * *";

/** What is proposed where there is no schedule yet: every day at 07:00. Nothing of it is stored until the person saves. */
export function proposeDraft(timeZone: string, presetId: string | null): ScheduleDraft {
  return { cronExpression: PROPOSED_CRON, timeZone, presetId, missedPolicy: "run_once", runLimitMinutes: "", spreadMs: 0 };
}

/** The edits that differ from what they started from. */
export function realEdits(base: ScheduleDraft, edits: Partial<ScheduleDraft>): Partial<ScheduleDraft> {
  const entries = Object.entries(edits) as [keyof ScheduleDraft, ScheduleDraft[keyof ScheduleDraft]][];
  return Object.fromEntries(entries.filter(([name, value]) => value !== base[name]));
}

/** What keeps the draft from being saved, by the firing engine's own rules. */
export function checkDraft(draft: ScheduleDraft): DraftErrors {
  const errors: DraftErrors = {};
  const parsed = parseCron(draft.cronExpression);
  if (!parsed.ok) errors.cronExpression = { message: parsed.message, field: parsed.field };
  if (!resolveTimeZone(draft.timeZone).ok) errors.timeZone = "Pick a time zone from the list, for instance Europe/Berlin.";
  if (Number.isNaN(readRunLimitMs(draft.runLimitMinutes))) errors.runLimitMinutes = "Enter whole minutes, 1 to 1440, or leave it empty.";
  return errors;
}

export function hasErrors(errors: DraftErrors): boolean {
  return Object.keys(errors).length > 0;
}

/** Milliseconds; null for "the server's limit", NaN for what is no such number of minutes. */
function readRunLimitMs(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const minutes = /^\d{1,4}$/.test(trimmed) ? Number(trimmed) : Number.NaN;
  return minutes >= 1 && minutes <= DAY_MINUTES ? minutes * MINUTE_MS : Number.NaN;
}

/** The edits as the server takes them: only what changed. */
export function toUpdate({ runLimitMinutes, ...edits }: Partial<ScheduleDraft>): ScheduleUpdate {
  return { ...edits, ...(runLimitMinutes === undefined ? {} : { runLimitMs: readRunLimitMs(runLimitMinutes) }) };
}
