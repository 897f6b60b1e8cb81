"use client";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { Channel } from "@/domain/notification-channel";
import { targetWords } from "./channel-words";
import { TestPanel } from "./test-panel";

interface TestDialogProps {
  channel: Channel;
  opened: boolean;
  onClose: () => void;
}

/** Tests a channel as it is stored. */
export function TestDialog({ channel, opened, onClose }: TestDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Test “${channel.name}”`} centered size="lg">
      <Stack>
        <Text style={{ overflowWrap: "anywhere" }}>
          A test message goes to {targetWords(channel)} at once, whatever its digest and quiet hours{channel.enabled ? "" : ", and although the channel is off"}
          .
        </Text>
        <TestPanel channelId={channel.id} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
