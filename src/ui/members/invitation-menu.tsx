"use client";
import { Menu, Modal } from "@mantine/core";
import { IconMailX, IconRefresh } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { Invitation } from "@/domain/invitation";
import { ActionsMenu } from "@/ui/display/actions-menu";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { useTRPC } from "@/ui/trpc/client";
import { IssuedLink } from "./issued-link";
import { useRefreshMembers } from "./use-members";

/** What can be done about an invitation that nobody has accepted. */
export function InvitationMenu({ invitation }: { invitation: Invitation }) {
  const trpc = useTRPC();
  const refresh = useRefreshMembers();
  const onError = (error: unknown) => {
    notify({ color: "red", title: "The invitation is as it was", message: errorMessage(error) });
    void refresh();
  };
  const renew = useMutation(trpc.invitation.resend.mutationOptions({ onSuccess: () => refresh(), onError }));
  const revoke = useMutation(
    trpc.invitation.revoke.mutationOptions({
      onSuccess: async () => {
        await refresh();
        notify({ message: `The invitation of ${invitation.email} is revoked. Its link works no more.` });
      },
      onError,
    }),
  );
  const id = { id: invitation.id };
  return (
    <>
      <ActionsMenu label={`Actions for ${invitation.email}`} loading={renew.isPending || revoke.isPending}>
        <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => renew.mutate(id)}>
          Renew with a new link
        </Menu.Item>
        <Menu.Item leftSection={<IconMailX size={16} aria-hidden />} onClick={() => revoke.mutate(id)}>
          Revoke invitation
        </Menu.Item>
      </ActionsMenu>
      <Modal opened={renew.data !== undefined} onClose={renew.reset} title="The invitation has a new link" centered>
        {renew.data && <IssuedLink issued={renew.data} onDone={renew.reset} />}
      </Modal>
    </>
  );
}
