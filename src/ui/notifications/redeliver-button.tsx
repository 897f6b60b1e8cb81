"use client";
import { Button, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Delivery } from "@/domain/notification-delivery";
import { notify } from "@/ui/display/notify";
import { useOneClick } from "@/ui/display/use-one-click";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { useRefreshNotifications } from "./use-notifications";

/** Sends a message once more, under the id that it had. */
export function RedeliverButton({ delivery: { id, channel } }: { delivery: Delivery }) {
  const { notification } = useTRPC();
  const queryClient = useQueryClient();
  const refresh = useRefreshNotifications();
  const { mutate, isPending } = useMutation(
    notification.redeliver.mutationOptions({
      onSuccess: (queued) => {
        queryClient.setQueryData(notification.delivery.queryKey({ id }), queued);
        refresh();
      },
      onError: (error) => notify({ color: "red", title: "The message was not sent again", message: errorMessage(error) }),
    }),
  );
  const once = useOneClick(isPending);
  if (!channel.enabled) return <Text size="sm">Turn the channel on to send it again.</Text>;
  return (
    <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={isPending} onClick={() => once(() => mutate({ id }))}>
      Redeliver
    </Button>
  );
}
