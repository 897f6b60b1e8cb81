import { Group, Text } from "@mantine/core";
import type { ChannelKind } from "@/domain/notification-channel";
import { CHANNEL_KIND_LOOKS } from "./channel-words";

/** The picture of a kind of channel, beside words that say the same. */
export function ChannelKindIcon({ kind, size = 16 }: { kind: ChannelKind; size?: number }) {
  const { icon: KindIcon } = CHANNEL_KIND_LOOKS[kind];
  return <KindIcon size={size} stroke={1.7} aria-hidden style={{ flexShrink: 0 }} />;
}

interface ChannelNameProps {
  channel: { name: string; kind: ChannelKind; enabled: boolean };
}

/** A channel where something else is told of it: its kind as a picture, its name, and whether it is off. */
export function ChannelName({ channel: { name, kind, enabled } }: ChannelNameProps) {
  return (
    <Group component="span" display="inline-flex" gap={5} wrap="nowrap" style={{ verticalAlign: "bottom", overflowWrap: "anywhere" }}>
      <ChannelKindIcon kind={kind} />
      <span>
        {name}
        {!enabled && (
          <Text span inherit c="dimmed">
            {" "}
            (off)
          </Text>
        )}
      </span>
    </Group>
  );
}
