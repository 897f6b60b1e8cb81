"use client";
import { useQuery } from "@tanstack/react-query";
import { ACTIVE_RUN_STATUSES } from "@/domain/run-status";
import { useTRPC } from "@/ui/trpc/client";

const WHILE_RUNNING_MS = 3_000;
const WHILE_QUIET_MS = 30_000;

/** The history by day and by slot. Asked for often while a slot's run is going. */
export function useRunHistory() {
  return useQuery(
    useTRPC().run.history.queryOptions(undefined, {
      refetchInterval: ({ state }) =>
        state.data?.slots.some(({ status }) => ACTIVE_RUN_STATUSES.some((active) => active === status)) ? WHILE_RUNNING_MS : WHILE_QUIET_MS,
    }),
  );
}
