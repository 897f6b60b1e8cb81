"use client";
import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import type { Role } from "@/domain/roles";
import { InviteForm } from "./invite-form";

/** "Invite a person", with its dialog. */
export function InviteButton({ role }: { role: Role }) {
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={dialog.open}>
        Invite a person
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Invite a person" centered>
        <InviteForm role={role} onDone={dialog.close} />
      </Modal>
    </>
  );
}
