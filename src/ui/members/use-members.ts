"use client";
import { useQueryClient } from "@tanstack/react-query";
import type { RouterOutputs } from "@/api/root";
import { useTRPC } from "@/ui/trpc/client";

/** The reader, as a member. */
export type Me = RouterOutputs["member"]["me"];

/** Asks again who is a member and invited, and what the reader may do: their own role may have changed. */
export function useRefreshMembers(): () => Promise<unknown> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => Promise.all([trpc.member, trpc.organization].map((path) => queryClient.invalidateQueries(path.pathFilter())));
}
