"use client";
import { Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconCircleX, IconHelpCircle } from "@tabler/icons-react";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";
import { Instant } from "@/ui/time/instant";
import type { SystemTile } from "./system-tile";

const LOOKS: Record<SystemTile["state"], Omit<StatusLook, "word">> = {
  good: { tone: "good", icon: IconCircleCheck },
  quiet: { tone: "quiet", icon: IconCircleMinus },
  warning: { tone: "warning", icon: IconAlertTriangle },
  bad: { tone: "bad", icon: IconCircleX },
  unknown: { tone: "quiet", icon: IconHelpCircle },
};

/** The readings side by side, each as icon, word and time. */
export function TileGrid({ tiles, timeZone }: { tiles: readonly SystemTile[]; timeZone: string }) {
  return (
    <SimpleGrid component="ul" cols={{ base: 1, xs: 2, md: 3 }} p={0} m={0} style={{ listStyle: "none" }}>
      {tiles.map((tile) => (
        <Tile key={tile.name} tile={tile} timeZone={timeZone} />
      ))}
    </SimpleGrid>
  );
}

function Tile({ tile, timeZone }: { tile: SystemTile; timeZone: string }) {
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="xs" align="flex-start">
        <Title order={2} size="h5">
          {tile.name}
        </Title>
        <StatusBadge look={{ ...LOOKS[tile.state], word: tile.word }} />
        <Text size="sm">{tile.detail}</Text>
        {tile.at && (
          <Text size="sm" c="dimmed">
            {tile.at.label} <Instant at={tile.at.instant} timeZone={timeZone} relative />
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
