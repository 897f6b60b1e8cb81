"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { systemClock } from "@/domain/clock";
import { useNow } from "@/ui/time/now";
import { STALE_MS } from "./refresh";

/** The answer, or null when asking again failed or when it is older than 30 s: then it says nothing about the present. */
export function useFreshAnswer<T>({ data, dataUpdatedAt, isFetchedAfterMount, isError }: UseQueryResult<T, unknown>): T | null {
  useNow();
  // The first answer came with the page and carries the server's time, so its age counts from when the page was there.
  const [mountedAt] = useState(() => systemClock.now().getTime());
  const answeredAt = isFetchedAfterMount ? dataUpdatedAt : mountedAt;
  const isStale = systemClock.now().getTime() - answeredAt > STALE_MS;
  return data === undefined || isError || isStale ? null : data;
}
