"use client";
import { type KeyboardEvent, useRef, useState } from "react";
import type { TimelineRun } from "@/domain/run-timeline";
import { moveWithin } from "@/ui/display/move-within";

const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/**
 * One tab stop for all bars, as a day can have over a thousand: the newest run until another one was focused. The arrow keys, Home and End
 * go from run to run. A bar bears its run's id as `data-run`.
 */
export function useTimelineKeys(runs: readonly TimelineRun[]) {
  const container = useRef<HTMLOListElement>(null);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const found = runs.findIndex(({ id }) => id === focusedId);
  const current = found === -1 ? runs.length - 1 : found;

  function onKeyDown(event: KeyboardEvent) {
    const target = runs[moveWithin(event, current, runs.length, STEPS) ?? -1];
    if (!target) return;
    event.preventDefault();
    container.current?.querySelector<HTMLElement>(`[data-run="${target.id}"]`)?.focus();
  }

  return { listProps: { ref: container, onKeyDown }, stopId: runs[current]?.id ?? null, setFocusedId };
}
