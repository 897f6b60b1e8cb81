"use client";
import { Text } from "@mantine/core";
import type { Preset } from "@/domain/preset";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import { formatInstant } from "@/ui/time/zoned-time";
import { count } from "./load-words";

const MINUTE_MS = 60_000;

/** A preset in the list: its name, how many sources it has, and when it last worked. */
export function PresetOption({ preset, timeZone }: { preset: Preset | undefined; timeZone: string }) {
  const now = useNow(MINUTE_MS);
  const { clockStyle } = usePreferences();
  if (!preset) return null;
  const { name, load, lastSuccessAt } = preset;
  return (
    <div style={{ minWidth: 0, overflowWrap: "anywhere" }}>
      <Text inherit>{name}</Text>
      <Text size="xs" c="dimmed">
        {count(load.sourceCount, "source")}, {lastSuccessAt ? `last success ${formatInstant(lastSuccessAt, timeZone, now, clockStyle)}` : "never collected"}
      </Text>
    </div>
  );
}
