"use client";
import { type KeyboardEvent, useRef, useState } from "react";
import type { TimelineRun } from "@/domain/run-timeline";

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
    const target = runs[nextIndex(event.key, current, runs.length) ?? -1];
    if (!target) return;
    event.preventDefault();
    container.current?.querySelector<HTMLElement>(`[data-run="${target.id}"]`)?.focus();
  }

  return { listProps: { ref: container, onKeyDown }, stopId: runs[current]?.id ?? null, setFocusedId };
}

function nextIndex(key: string, current: number, count: number): number | null {
  if (key === "ArrowRight") return Math.min(count - 1, current + 1);
  if (key === "ArrowLeft") return Math.max(0, current - 1);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
