"use client";
import { useMutation } from "@tanstack/react-query";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import type { MemberDialogProps } from "./remove-member-dialog";
import { useRefreshMembers } from "./use-members";

/** Asks before the reader gives their ownership away. */
export function TransferDialog({ opened, onClose, member }: MemberDialogProps) {
  const refresh = useRefreshMembers();
  const { mutate, isPending, error } = useMutation(
    useTRPC().organization.transfer.mutationOptions({
      onSuccess: async () => {
        onClose();
        await refresh();
        notify({ message: `${member.name} is owner now, and you are admin.` });
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Transfer ownership to ${member.name}?`}
      confirmLabel="Transfer ownership"
      cancelLabel="Stay owner"
      pending={isPending}
      error={error && errorMessage(error)}
      onConfirm={() => mutate({ memberId: member.id })}
    >
      They become owner and you become admin. Only an owner can undo this.
    </ConfirmDialog>
  );
}
