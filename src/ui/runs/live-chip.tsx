import { Badge } from "@mantine/core";
import { IconAccessPoint, IconPlugConnected, IconRefresh } from "@tabler/icons-react";
import type { LiveMode } from "./stream-health";

const LOOKS = {
  live: { word: "Live", icon: IconAccessPoint },
  polling: { word: "Updating every 3 s", icon: IconRefresh },
  connecting: { word: "Connecting", icon: IconPlugConnected },
  reconnecting: { word: "Reconnecting", icon: IconPlugConnected },
} as const;

/** Says how the page keeps up with the run, so that a still picture is never taken for a live one. Nothing when there is nothing to follow. */
export function LiveChip({ mode }: { mode: LiveMode }) {
  if (mode === "off") return null;
  const { word, icon: ChipIcon } = LOOKS[mode];
  return (
    <Badge variant="default" tt="none" size="lg" leftSection={<ChipIcon size={14} aria-hidden />}>
      {word}
    </Badge>
  );
}
