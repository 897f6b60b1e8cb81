"use client";
import { useMemo } from "react";
import type { RunDetail } from "@/domain/run";
import { useNow } from "@/ui/time/now";
import { elapsedMs } from "./run-words";
import { growingSpanMs, placeOnAxis, type TimeAxis, timeAxis } from "./time-axis";

/** The axis that the bars of a run's sources share, and where on it the present is, in percent; null before the run began and after its end. */
export function useRunAxis(run: Pick<RunDetail, "startedAt" | "finishedAt" | "usualMs">): { axis: TimeAxis | null; nowPercent: number | null } {
  const going = run.startedAt !== null && run.finishedAt === null;
  const now = useNow(going ? 1_000 : 3_600_000);
  const elapsed = elapsedMs(run, now);
  const startMs = run.startedAt?.getTime() ?? null;
  const spanMs = elapsed !== null && going ? growingSpanMs(elapsed, run.usualMs) : elapsed;
  // The same axis while its length is: what is drawn along it need not be drawn anew each second.
  const axis = useMemo(() => (startMs === null || spanMs === null ? null : timeAxis(new Date(startMs), spanMs)), [startMs, spanMs]);
  return { axis, nowPercent: axis && going ? placeOnAxis(axis, now) : null };
}
