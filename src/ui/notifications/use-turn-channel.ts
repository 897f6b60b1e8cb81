"use client";
import { useMutation } from "@tanstack/react-query";
import type { Channel } from "@/domain/notification-channel";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { definitionOf } from "./channel-form";
import { useRefreshNotifications } from "./use-notifications";

/** Turns a channel off, or on again. Not ahead of the server's answer: turning off cancels what waits to be sent. */
export function useTurnChannel(channel: Channel): { turn: () => void; isPending: boolean } {
  const refresh = useRefreshNotifications();
  const { mutate, isPending } = useMutation(
    useTRPC().notification.updateChannel.mutationOptions({
      onSuccess: ({ name, enabled }) => {
        refresh();
        notify({ message: enabled ? `“${name}” is on again.` : `“${name}” is off. Nothing is sent on it, and what waited is cancelled.` });
      },
      onError: (error) => notify({ color: "red", title: `“${channel.name}” is still ${channel.enabled ? "on" : "off"}`, message: errorMessage(error) }),
    }),
  );
  return { turn: () => mutate({ id: channel.id, definition: definitionOf(channel, { enabled: !channel.enabled }) }), isPending };
}
