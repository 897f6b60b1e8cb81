"use client";
import { useMutation } from "@tanstack/react-query";
import type { RouterOutputs } from "@/api/root";
import type { Channel, ChannelDefinition } from "@/domain/notification-channel";
import { useOneClick } from "@/ui/display/use-one-click";
import { useTellIfGone } from "@/ui/display/use-tell-if-gone";
import { useTRPC } from "@/ui/trpc/client";
import { useRefreshNotifications } from "./use-notifications";

/** A channel that was stored, with the signing key that was made for it; null where none was. */
export type SavedChannel = RouterOutputs["notification"]["createChannel"];

/** Stores a channel: makes one where there is none yet, otherwise changes it. */
export function useSaveChannel(channel: Channel | null, onSaved: (saved: SavedChannel) => void, onError: (error: unknown) => void) {
  const { notification } = useTRPC();
  const refresh = useRefreshNotifications();
  const finish = (saved: SavedChannel) => {
    refresh();
    onSaved(saved);
  };
  const tellIfGone = useTellIfGone();
  const refuse = (error: unknown) => {
    tellIfGone("The channel was not saved", error);
    onError(error);
  };
  // Nothing keeps a key but the dialog that shows it.
  const create = useMutation(notification.createChannel.mutationOptions({ onSuccess: finish, onError: refuse, gcTime: 0 }));
  const update = useMutation(notification.updateChannel.mutationOptions({ onSuccess: (saved) => finish({ channel: saved, secret: null }), onError: refuse }));
  // Once it is stored, the form gives way.
  const isPending = [create, update].some((mutation) => mutation.isPending || mutation.isSuccess);
  const once = useOneClick(isPending);
  return {
    save: (definition: ChannelDefinition) => once(() => (channel ? update.mutate({ id: channel.id, definition }) : create.mutate(definition))),
    isPending,
  };
}
