"use client";
import { Alert, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { AUTO_PAUSE_AFTER_MS, AUTO_PAUSE_AFTER_RUNS } from "@/domain/auto-pause";
import type { FailureStreak } from "@/domain/failure-streak";
import { formatDuration } from "@/domain/format-time";
import { Instant } from "@/ui/time/instant";
import { LastFailureLink } from "./last-failure-link";

/** Says in time that Milkrun will pause the schedule if its runs go on failing. */
export function FailureWarning({ streak, timeZone }: { streak: FailureStreak; timeZone: string }) {
  const { count, since, lastMessage } = streak;
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title="Runs keep failing" style={{ overflowWrap: "anywhere" }}>
      <Stack gap="xs">
        {lastMessage && <Text size="sm">{lastMessage}</Text>}
        <Text size="sm">
          The last {count} runs failed since <Instant at={since} timeZone={timeZone} />. Milkrun pauses the schedule after {AUTO_PAUSE_AFTER_RUNS} in a row over
          at least {formatDuration(AUTO_PAUSE_AFTER_MS)}.
        </Text>
        <LastFailureLink streak={streak} />
      </Stack>
    </Alert>
  );
}
