"use client";
import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { IssuedInvitation } from "@/domain/invitation";
import type { Role } from "@/domain/roles";
import { InviteForm } from "./invite-form";
import { IssuedLink } from "./issued-link";

/** "Invite a person", with its dialog. */
export function InviteButton({ role }: { role: Role }) {
  const [opened, dialog] = useDisclosure(false);
  const [issued, setIssued] = useState<IssuedInvitation | null>(null);
  // To whoever has closed it meanwhile, too: the link is shown this once.
  const show = (invitation: IssuedInvitation) => {
    setIssued(invitation);
    dialog.open();
  };
  return (
    <>
      <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={dialog.open}>
        Invite a person
      </Button>
      <Modal opened={opened} onClose={dialog.close} onExitTransitionEnd={() => setIssued(null)} title="Invite a person" centered closeOnClickOutside={false}>
        {issued ? <IssuedLink issued={issued} onDone={dialog.close} /> : <InviteForm role={role} onIssued={show} onCancel={dialog.close} />}
      </Modal>
    </>
  );
}
