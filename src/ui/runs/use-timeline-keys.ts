"use client";
import { type KeyboardEvent, useRef, useState } from "react";
import type { TimelineRun } from "@/domain/run-timeline";

/**
 * One tab stop for all bars, as a day can have over a thousand: the arrow keys, Home and End go from run to run. The bar that is pointed at
 * or focused is `told`, until Esc.
 */
export function useTimelineKeys(runs: readonly TimelineRun[]) {
  const container = useRef<HTMLOListElement>(null);
  const [stopId, setStopId] = useState<string | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const found = runs.findIndex(({ id }) => id === stopId);
  const current = found === -1 ? runs.length - 1 : found;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") return setTold(null);
    const target = runs[nextIndex(event.key, current, runs.length) ?? -1];
    if (!target) return;
    event.preventDefault();
    container.current?.querySelector<HTMLElement>(`[data-run="${target.id}"]`)?.focus();
  }

  return {
    listProps: { ref: container, onKeyDown },
    barProps: ({ id }: TimelineRun) => ({
      "data-run": id,
      tabIndex: id === runs[current]?.id ? 0 : -1,
      onFocus: () => {
        setStopId(id);
        setTold(id);
      },
      onBlur: () => setTold(null),
      onPointerEnter: () => setTold(id),
      onPointerLeave: () => setTold(null),
    }),
    told,
  };
}

function nextIndex(key: string, current: number, count: number): number | null {
  if (key === "ArrowRight") return Math.min(count - 1, current + 1);
  if (key === "ArrowLeft") return Math.max(0, current - 1);
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
