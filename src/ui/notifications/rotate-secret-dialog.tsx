"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Channel, SECRET_OVERLAP_HOURS } from "@/domain/notification-channel";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { IssuedSecretDialog } from "./issued-secret-dialog";
import { useRefreshNotifications } from "./use-notifications";

interface RotateSecretDialogProps {
  channel: Channel;
  opened: boolean;
  onClose: () => void;
}

/** Asks before a webhook gets another signing key, then shows it this once. */
export function RotateSecretDialog({ channel, opened, onClose }: RotateSecretDialogProps) {
  const refresh = useRefreshNotifications();
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = useMutation(
    useTRPC().notification.rotateSecret.mutationOptions({
      onSuccess: (issued) => {
        onClose();
        setSecret(issued.secret);
        refresh();
      },
      // Nothing keeps the key but the dialog that shows it.
      gcTime: 0,
    }),
  );
  return (
    <>
      <ConfirmDialog
        opened={opened}
        onClose={onClose}
        title={`Rotate the signing key of “${channel.name}”?`}
        confirmLabel="Make new key"
        cancelLabel="Keep key"
        confirmColor="route"
        onConfirm={() => rotate.mutate({ id: channel.id })}
        pending={rotate.isPending}
        error={rotate.isError ? errorMessage(rotate.error) : null}
      >
        A new key is made and shown once. For {SECRET_OVERLAP_HOURS} hours each message is signed with both, so that nothing is lost while you give the receiver
        the new one.
      </ConfirmDialog>
      <IssuedSecretDialog channelName={channel.name} secret={secret} onClose={() => setSecret(null)} />
    </>
  );
}
