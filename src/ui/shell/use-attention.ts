"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Attention } from "@/domain/attention";
import { useTRPC } from "@/ui/trpc/client";

const WHILE_QUIET_MS = 20_000;
const WHILE_RUNNING_MS = 5_000;

/** What of the organization is worth a look, refreshed while the page is in view; undefined until it is known. One request serves every place. */
export function useAttention(): Attention | undefined {
  const { data } = useQuery(
    useTRPC().organization.attention.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.activeRun ? WHILE_RUNNING_MS : WHILE_QUIET_MS),
    }),
  );
  return data;
}

/** Asks again after whatever the reader changes: they look for its effect. For one place of the page. */
export function useAttentionAfterChanges(): void {
  const queryClient = useQueryClient();
  const trpc = useTRPC();
  useEffect(() => {
    const filter = trpc.organization.attention.queryFilter();
    return queryClient.getMutationCache().subscribe(({ type, mutation }) => {
      if (type === "updated" && mutation.state.status === "success") void queryClient.invalidateQueries(filter);
    });
  }, [queryClient, trpc]);
}
