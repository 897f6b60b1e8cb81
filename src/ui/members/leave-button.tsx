"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDoorExit } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";

/** "Leave organization", with its question. The server refuses the last owner. */
export function LeaveButton({ name }: { name: string }) {
  const [opened, dialog] = useDisclosure(false);
  const [isLeaving, setLeaving] = useState(false);
  const { mutate, isPending, error } = useMutation(
    useTRPC().member.leave.mutationOptions({
      onSuccess: () => {
        setLeaving(true);
        // A whole page load: nothing of the organization may stay in memory.
        window.location.assign("/");
      },
    }),
  );
  return (
    <>
      <Button variant="default" leftSection={<IconDoorExit size={16} aria-hidden />} onClick={dialog.open}>
        Leave organization
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={`Leave ${name}?`}
        confirmLabel="Leave organization"
        cancelLabel="Stay"
        pending={isPending || isLeaving}
        error={error && errorMessage(error)}
        onConfirm={() => mutate()}
      >
        You see nothing of it any more until somebody invites you again. What you set up stays and keeps running.
      </ConfirmDialog>
    </>
  );
}
