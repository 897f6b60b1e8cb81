"use client";
import { useQuery, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTRPC } from "@/ui/trpc/client";
import { gapSeenAt, mergeRuns } from "./run-feed";
import { RUN_PAGING, type RunView, runListInput } from "./run-filter";

/**
 * The runs of a view, page by page, of which the newest page keeps itself up to date by asking: only a run's own page opens a stream, as a
 * browser has six connections for all its tabs. The pages below hold ended runs and are not asked for again.
 */
export function useRunFeed(view: RunView, refetchMs: number) {
  const trpc = useTRPC();
  const input = runListInput(view);
  const query = useSuspenseInfiniteQuery(trpc.run.list.infiniteQueryOptions(input, RUN_PAGING));
  const newest = useQuery(
    trpc.run.list.queryOptions(input, {
      refetchInterval: refetchMs,
      initialData: query.data.pages[0],
      initialDataUpdatedAt: query.dataUpdatedAt,
    }),
  );
  const loaded = query.data.pages.flatMap((page) => page.runs);
  const { refetch } = query;
  const seenAt = gapSeenAt(loaded, newest);
  useEffect(() => {
    if (seenAt !== null) void refetch({ cancelRefetch: false });
  }, [seenAt, refetch]);
  return { runs: newest.data ? mergeRuns(loaded, newest.data) : loaded, query };
}
