"use client";
import { Anchor, Group, Text } from "@mantine/core";
import type { RunSummary } from "@/domain/run";
import { RunStatusBadge } from "@/ui/runs/run-status-badge";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";

/** How the last run went, with the way to it. */
export function LastRunChip({ run, timeZone }: { run: RunSummary; timeZone: string }) {
  return (
    <Group gap="xs">
      <Text size="sm" component="span">
        Last:
      </Text>
      <RunStatusBadge status={run.status} cancelling={run.cancelRequestedAt !== null && run.finishedAt === null} />
      <Anchor component={AppLink} href={`/runs/${run.id}`} size="sm" underline="always" py={4}>
        Run {run.number}
      </Anchor>
      <Text size="sm" component="span">
        <Instant at={run.finishedAt ?? run.startedAt ?? run.queuedAt} timeZone={timeZone} relative />
      </Text>
    </Group>
  );
}
