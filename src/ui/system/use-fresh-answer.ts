"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { systemClock } from "@/domain/clock";
import { useNow } from "@/ui/time/now";
import { STALE_MS } from "./refresh";

/** The answer, or null when asking again failed or when it is older than 30 s: then it says nothing about the present. */
export function useFreshAnswer<T>({ data, dataUpdatedAt, isFetchedAfterMount, isError }: UseQueryResult<T, unknown>): T | null {
  useNow();
  // By the browser's own clock, as `dataUpdatedAt` is; only the first answer carries the server's time.
  const isStale = isFetchedAfterMount && systemClock.now().getTime() - dataUpdatedAt > STALE_MS;
  return data === undefined || isError || isStale ? null : data;
}
