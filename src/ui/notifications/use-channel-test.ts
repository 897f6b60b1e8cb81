"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useOneClick } from "@/ui/display/use-one-click";
import { useTRPC } from "@/ui/trpc/client";
import { useRefreshNotifications } from "./use-notifications";

/** A worker sends it; this is how often it is asked for. */
const ASK_MS = 400;

/** Has a test message sent on a channel and waits for what became of it. */
export function useChannelTest(channelId: string) {
  const { notification } = useTRPC();
  const refresh = useRefreshNotifications();
  const start = useMutation(notification.testChannel.mutationOptions({ onSuccess: refresh }));
  const id = start.data?.deliveryId ?? "";
  const { data: delivery, error } = useQuery(
    notification.delivery.queryOptions(
      { id },
      { enabled: id !== "", refetchInterval: ({ state }) => (state.data?.finishedAt || state.error ? false : ASK_MS) },
    ),
  );
  const once = useOneClick(start.isPending);
  const finishedMs = delivery?.finishedAt?.getTime();
  const isFinished = finishedMs !== undefined;
  // The channel's state and the list of messages follow it.
  useEffect(() => {
    if (finishedMs !== undefined) refresh();
  }, [finishedMs, refresh]);
  return {
    send: () => once(() => start.mutate({ id: channelId })),
    isIdle: start.isIdle,
    isSending: start.isPending || (id !== "" && !isFinished && !error),
    /** Null until it is known what became of it. */
    outcome: delivery && isFinished ? delivery : null,
    error: start.error ?? error,
  };
}
