"use client";
import { useState } from "react";
import type { RunSummary } from "@/domain/run";
import { useScrolledPast } from "@/ui/display/use-scrolled-past";
import { holdBack } from "./run-feed";

/** While the top of the list is in view new runs show at once; to who has scrolled down they are announced, and wait for `show`. */
export function useNewRuns(runs: readonly RunSummary[]) {
  const { ref, isPast } = useScrolledPast();
  const newest = runs[0]?.number ?? 0;
  const [newestSeen, setNewestSeen] = useState(newest);
  if (!isPast && newest !== newestSeen) setNewestSeen(newest);
  return { topRef: ref, ...holdBack(runs, newestSeen), show: () => setNewestSeen(newest) };
}
