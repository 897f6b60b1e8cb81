"use client";
import { Button, Group, Modal, Stack } from "@mantine/core";
import { SigningKey, useStored } from "./signing-key";

interface IssuedSecretDialogProps {
  channelName: string;
  /** Null closes the dialog and forgets the key. */
  secret: string | null;
  onClose: () => void;
}

const stayOpen = () => {};

/** Shows a signing key this once. It closes only when the person says that they have stored it. */
export function IssuedSecretDialog({ channelName, secret, onClose }: IssuedSecretDialogProps) {
  return (
    <Modal opened={secret !== null} onClose={stayOpen} title={`The new signing key of “${channelName}”`} centered size="lg" withCloseButton={false}>
      {secret !== null && <IssuedSecret secret={secret} onClose={onClose} />}
    </Modal>
  );
}

function IssuedSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const stored = useStored(true);
  return (
    <Stack>
      <SigningKey secret={secret} stored={stored} />
      <Group justify="flex-end">
        <Button onClick={onClose} disabled={!stored.isStored}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
