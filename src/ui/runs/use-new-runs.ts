"use client";
import { useIntersection } from "@mantine/hooks";
import { useState } from "react";
import type { RunSummary } from "@/domain/run";
import { holdBack } from "./run-feed";

/** While the top of the list is in view new runs show at once; to who has scrolled down they are announced, and wait for `show`. */
export function useNewRuns(runs: readonly RunSummary[]) {
  const { ref, entry } = useIntersection<HTMLDivElement>();
  const newest = runs[0]?.number ?? 0;
  const [newestSeen, setNewestSeen] = useState(newest);
  const isScrolledDown = entry !== null && !entry.isIntersecting && entry.boundingClientRect.top < 0;
  if (!isScrolledDown && newest !== newestSeen) setNewestSeen(newest);
  return { topRef: ref, ...holdBack(runs, newestSeen), show: () => setNewestSeen(newest) };
}
