"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import type { Schedule } from "@/domain/schedule";
import { useNow } from "@/ui/time/now";
import { PREVIEW_COUNT } from "./page-counts";
import { readPreviewDay } from "./preview-day";
import { type Previewed, previewInput } from "./preview-input";
import { TYPING_PAUSE_MS } from "./use-cron-judgement";
import { usePreview } from "./use-preview";

const MINUTE_MS = 60_000;

/** The coming runs as a person asked to see them: how many, and from which day on. Until they ask for more, it is what the page knows anyway. */
export function useNextRuns(previewed: Previewed, schedule: Schedule | null, isPaused: boolean) {
  const now = useNow(MINUTE_MS);
  const [count, setCount] = useState(PREVIEW_COUNT);
  const [day, setDay] = useState("");
  const [typedDay] = useDebouncedValue(day, TYPING_PAUSE_MS);
  const settledDay = day === "" ? "" : typedDay;
  const { from, problem } = readPreviewDay(settledDay, previewed.timeZone, now);
  const preview = usePreview(previewInput(previewed, schedule, isPaused, count, from), problem === null);
  return {
    preview,
    count,
    setCount,
    /** As the date field holds it. */
    day,
    setDay,
    dayProblem: problem,
    /** The beginning that was chosen; null: now. */
    from,
    /** What is shown is of something else than what stands on the screen. */
    isStale: preview.isPlaceholderData || !preview.computable || problem !== null || day !== settledDay,
  };
}

export type NextRunsState = ReturnType<typeof useNextRuns>;
