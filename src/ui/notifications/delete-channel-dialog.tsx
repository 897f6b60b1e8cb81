"use client";
import { useMutation } from "@tanstack/react-query";
import type { Channel } from "@/domain/notification-channel";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { useRefreshNotifications } from "./use-notifications";

interface DeleteChannelDialogProps {
  channel: Channel;
  opened: boolean;
  onClose: () => void;
}

/** Asks before a channel goes, with what goes along. */
export function DeleteChannelDialog({ channel, opened, onClose }: DeleteChannelDialogProps) {
  const refresh = useRefreshNotifications();
  const remove = useMutation(
    useTRPC().notification.deleteChannel.mutationOptions({
      onSuccess: () => {
        onClose();
        refresh();
        notify({ message: `Deleted the channel “${channel.name}”.` });
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Delete “${channel.name}”?`}
      confirmLabel="Delete channel"
      cancelLabel="Keep channel"
      onConfirm={() => remove.mutate({ id: channel.id })}
      pending={remove.isPending}
      error={remove.isError ? errorMessage(remove.error) : null}
    >
      {rulesWords(channel.ruleCount)} What it has sent goes from the list of messages, and what waits is never sent. To keep both, turn it off.
    </ConfirmDialog>
  );
}

function rulesWords(count: number): string {
  if (count === 0) return "No rule uses it.";
  return count === 1
    ? "One rule uses it: it tells its other channels only, or nobody."
    : `${count} rules use it: they tell their other channels only, or nobody.`;
}
