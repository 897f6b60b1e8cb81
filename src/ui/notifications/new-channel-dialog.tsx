"use client";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ChannelForm } from "./channel-form-view";
import { SigningKey, useStored } from "./signing-key";
import { TestPanel } from "./test-panel";
import type { SavedChannel } from "./use-save-channel";

interface NewChannelDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Opens it again, for what is shown once to whoever has closed it meanwhile. */
  onReopen: () => void;
  sendsMail: boolean;
  /** The organization's: what the form proposes. */
  timeZone: string;
}

/** A new channel: its form, then the key that is shown once and a test. */
export function NewChannelDialog({ opened, onClose, onReopen, ...form }: NewChannelDialogProps) {
  const [made, setMade] = useState<SavedChannel | null>(null);
  const show = (saved: SavedChannel) => {
    setMade(saved);
    onReopen();
  };
  const hasSecret = made !== null && made.secret !== null;
  return (
    <Modal
      opened={opened}
      // What is shown once is not closed by mistake.
      onClose={hasSecret ? stayOpen : onClose}
      withCloseButton={!hasSecret}
      onExitTransitionEnd={() => setMade(null)}
      title={made ? `The channel “${made.channel.name}”` : "Add a channel"}
      centered
      size="lg"
      closeOnClickOutside={false}
    >
      {made ? <ChannelMade made={made} onDone={onClose} /> : <ChannelForm channel={null} onCancel={onClose} onSaved={show} {...form} />}
    </Modal>
  );
}

const stayOpen = () => {};

function ChannelMade({ made: { channel, secret }, onDone }: { made: SavedChannel; onDone: () => void }) {
  const stored = useStored(secret !== null);
  return (
    <Stack>
      {secret !== null && <SigningKey secret={secret} stored={stored} />}
      <Text>The channel is saved. Send a test to see that messages arrive. Then make a rule that says what you want to be told of.</Text>
      <TestPanel channelId={channel.id} />
      <Group justify="flex-end">
        <Button onClick={onDone} disabled={!stored.isStored}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
