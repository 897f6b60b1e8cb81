"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { parseCron } from "@/domain/cron-expression";
import type { SchedulePreview } from "@/domain/schedule";
import { type CronSegment, cronSegments } from "./cron-segments";
import { runsSentence } from "./schedule-words";
import type { ScheduleEditor } from "./use-schedule-editor";

/** Messages and words wait for a pause in the typing. */
export const TYPING_PAUSE_MS = 400;

/** What is to be said of the expression as it stands. */
export interface CronJudgement {
  segments: readonly CronSegment[];
  /** What is wrong. */
  message: string | undefined;
  /** What it means; empty while something is wrong. */
  words: string;
}

/** Judges the expression once the typing pauses, and at once after a try to save. `preview` knows what the text alone does not show. */
export function useCronJudgement({ draft, errors, showsErrors }: ScheduleEditor, preview: SchedulePreview | undefined): CronJudgement {
  const text = draft.cronExpression;
  const [settled] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const judged = showsErrors ? text : settled;
  const parsed = parseCron(judged);
  const refusal = preview?.ok === false && preview.input === "cronExpression" ? preview : null;
  const refused = judged === text ? (errors.cronExpression ?? refusal) : null;
  const message = parsed.ok ? refused?.message : parsed.message;
  return {
    segments: cronSegments(text, judged === text ? parsed : parseCron(text)),
    message,
    words: message === undefined ? runsSentence(judged, draft.timeZone) : "",
  };
}
