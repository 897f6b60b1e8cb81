"use client";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { RunSummary } from "@/domain/run";
import { useTRPC } from "@/ui/trpc/client";
import { ACTIVE_RUN_INPUT } from "./active-run-input";

/** While a run is going its row counts up; otherwise the page only looks out for the next one. */
const REFETCH_ACTIVE_MS = 3_000;
const REFETCH_IDLE_MS = 15_000;

/** The run that is going, whatever the page is narrowed to, and how often the page should ask for what it shows. */
export function useActiveRun(): { active: RunSummary | undefined; refetchMs: number } {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(
    trpc.run.list.queryOptions(ACTIVE_RUN_INPUT, {
      refetchInterval: ({ state }) => (state.data?.runs.length ? REFETCH_ACTIVE_MS : REFETCH_IDLE_MS),
    }),
  );
  const active = data.runs[0];
  useRefreshWhenChanged(active?.id);
  return { active, refetchMs: active ? REFETCH_ACTIVE_MS : REFETCH_IDLE_MS };
}

/** The start and the end of a run change its row and the counts: the page does not wait until it would ask for them anyway. */
function useRefreshWhenChanged(activeId: string | undefined) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const last = useRef(activeId);
  useEffect(() => {
    if (last.current !== activeId) void queryClient.invalidateQueries(trpc.run.pathFilter());
    last.current = activeId;
  }, [activeId, trpc, queryClient]);
}
