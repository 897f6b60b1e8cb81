"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { RunDetail } from "@/domain/run";
import type { RunEvent, RunLogPage } from "@/domain/run-event";
import { useTRPC } from "@/ui/trpc/client";

const LINES_AT_ONCE = 2_000;

export interface RunLog {
  events: readonly RunEvent[];
  /** Everything is here that the run is known to have. */
  isComplete: boolean;
  error: unknown;
  retry(): void;
}

/**
 * A run's log up to the newest line that the run, as the page has it, speaks of: each time that grows, what is missing is asked for. A line
 * comes once, whatever the connection does, because each part is asked for by the number of the last line before it.
 */
export function useRunLog(run: Pick<RunDetail, "id" | "newestEvent">): RunLog {
  const trpc = useTRPC();
  const { data, error, isFetching, isError, fetchNextPage } = useInfiniteQuery(
    trpc.run.log.infiniteQueryOptions(
      { runId: run.id, limit: LINES_AT_ONCE },
      // What was written once stays as it is.
      { initialCursor: -1, getNextPageParam: (page: RunLogPage) => page.nextCursor, staleTime: Number.POSITIVE_INFINITY, refetchOnReconnect: false },
    ),
  );
  const events = useMemo(() => data?.pages.flatMap((page) => page.events) ?? [], [data]);
  const isComplete = (events.at(-1)?.number ?? -1) >= run.newestEvent;
  const isBehind = data !== undefined && !isComplete;
  useEffect(() => {
    if (isBehind && !isFetching && !isError) void fetchNextPage();
  }, [isBehind, isFetching, isError, fetchNextPage]);
  return { events, isComplete, error, retry: () => void fetchNextPage() };
}
