"use client";
import { useQueryClient, useSuspenseQueries } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "@/ui/trpc/client";

/** A channel's state changes while the page is open, as messages are sent. */
const REFETCH_MS = 15_000;

/** What the page is about: the channels, the rules, and whether this server sends mail. */
export function useNotifications() {
  const { notification } = useTRPC();
  const [{ data: channels }, { data: rules }, { data: mail }] = useSuspenseQueries({
    queries: [
      notification.channels.queryOptions(undefined, { refetchInterval: REFETCH_MS }),
      notification.rules.queryOptions(undefined, { refetchInterval: REFETCH_MS }),
      notification.mailStatus.queryOptions(),
    ],
  });
  return { channels, rules, sendsMail: mail.configured };
}

/** Has everything of the page asked for anew: rules name channels, and messages name both. */
export function useRefreshNotifications(): () => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(() => void queryClient.invalidateQueries(trpc.notification.pathFilter()), [trpc, queryClient]);
}
