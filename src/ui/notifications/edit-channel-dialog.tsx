"use client";
import { Modal } from "@mantine/core";
import type { Channel } from "@/domain/notification-channel";
import { notify } from "@/ui/display/notify";
import { ChannelForm } from "./channel-form-view";

interface EditChannelDialogProps {
  channel: Channel;
  opened: boolean;
  onClose: () => void;
  sendsMail: boolean;
  timeZone: string;
}

/** The form of a stored channel. */
export function EditChannelDialog({ channel, opened, onClose, ...form }: EditChannelDialogProps) {
  const finish = () => {
    onClose();
    notify({ message: `Saved the channel “${channel.name}”.` });
  };
  return (
    <Modal opened={opened} onClose={onClose} title={`Edit “${channel.name}”`} centered size="lg" closeOnClickOutside={false}>
      <ChannelForm channel={channel} onCancel={onClose} onSaved={finish} {...form} />
    </Modal>
  );
}
