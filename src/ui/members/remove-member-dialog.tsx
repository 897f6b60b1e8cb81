"use client";
import { useMutation } from "@tanstack/react-query";
import type { Member } from "@/domain/member";
import { ConfirmDialog } from "@/ui/display/confirm-dialog";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { useRefreshMembers } from "./use-members";

export interface MemberDialogProps {
  opened: boolean;
  onClose: () => void;
  member: Member;
}

/** Asks before a member is taken out, and says what stays. */
export function RemoveMemberDialog({ opened, onClose, member }: MemberDialogProps) {
  const refresh = useRefreshMembers();
  const { mutate, isPending, error } = useMutation(
    useTRPC().member.remove.mutationOptions({
      onSuccess: async () => {
        await refresh();
        notify({ message: `${member.name} is no longer a member.` });
      },
    }),
  );
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={`Remove ${member.name}?`}
      confirmLabel="Remove member"
      cancelLabel="Keep member"
      pending={isPending}
      error={error && errorMessage(error)}
      onConfirm={() => mutate({ memberId: member.id })}
    >
      They are signed out of this organization at once. The schedule keeps running, and sources, presets, items and API keys stay: the keys are the
      organization's. Invitations of theirs that nobody has accepted end.
    </ConfirmDialog>
  );
}
