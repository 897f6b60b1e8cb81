"use client";
import { Drawer, Group, Paper, Skeleton, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Fragment } from "react";
import type { Preset } from "@/domain/preset";
import type { Schedule } from "@/domain/schedule";
import type { ScheduleHistoryEntry } from "@/domain/schedule-history";
import { ChangeList } from "@/ui/audit/change-list";
import { LoadOlder } from "@/ui/display/load-older";
import { ErrorState } from "@/ui/states/error-state";
import { Instant } from "@/ui/time/instant";
import { useTRPC } from "@/ui/trpc/client";
import { RestoreButton } from "./restore-button";
import { restoreChanges } from "./restore-changes";

interface HistoryProps {
  schedule: Schedule;
  presets: readonly Preset[];
  /** How an older version is restored; null for who may look only. */
  restoring: { isEdited: boolean; onRestored: () => void } | null;
}

// A drawer's <header> stands outside of the page's sections and would count as a second banner of the page.
const NO_BANNER = { header: { role: "presentation" } };

/** Every version of the schedule: who made it, when, and what it changed. */
export function HistoryDrawer({ opened, onClose, ...props }: HistoryProps & { opened: boolean; onClose: () => void }) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="lg"
      title="Change history"
      closeButtonProps={{ "aria-label": "Close change history" }}
      attributes={NO_BANNER}
    >
      <History {...props} />
    </Drawer>
  );
}

function History({ schedule, presets, restoring }: HistoryProps) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.schedule.history.infiniteQueryOptions({ limit: 20 }, { getNextPageParam: (page) => page.nextCursor, staleTime: 0 }));
  if (query.isPending) return <Skeleton height={160} />;
  if (!query.data) {
    return (
      <ErrorState
        title="Could not load the history"
        error={query.error}
        effect="The schedule is unchanged and still runs."
        retry={() => void query.refetch()}
      />
    );
  }
  const entries = query.data.pages.flatMap((page) => page.entries);
  return (
    <Stack gap="sm">
      {entries.map((entry, index) => (
        <Fragment key={entry.id}>
          {entry.pauseEndedAt && <PauseEnd at={entry.pauseEndedAt} timeZone={schedule.timeZone} />}
          <HistoryEntry entry={entry} isNewest={index === 0} schedule={schedule} presets={presets} restoring={restoring} />
        </Fragment>
      ))}
      <LoadOlder query={query} end={null} />
    </Stack>
  );
}

/** Nobody's change, and no version: the pause below it ran out. */
function PauseEnd({ at, timeZone }: { at: Date; timeZone: string }) {
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="End of the pause">
      <Text fw={600}>Resumed by itself</Text>
      <Text size="sm" c="dimmed">
        Milkrun, <Instant at={at} timeZone={timeZone} relative />
      </Text>
      <Text size="sm">The pause ended, as set in the version below.</Text>
    </Paper>
  );
}

function HistoryEntry({ entry, isNewest, schedule, presets, restoring }: HistoryProps & { entry: ScheduleHistoryEntry; isNewest: boolean }) {
  const changes = restoreChanges(schedule, entry.settings, presets);
  const differs = Object.keys(changes).length > 0;
  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label={`Version ${entry.version}`}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text fw={600}>
            Version {entry.version}
            {entry.isFirst && ", the first"}
          </Text>
          {restoring && differs && <RestoreButton schedule={schedule} entry={entry} changes={changes} {...restoring} />}
        </Group>
        <Text size="sm" c="dimmed">
          {entry.changedByName ?? "Milkrun"}, <Instant at={entry.at} timeZone={schedule.timeZone} relative />
        </Text>
        <ChangeList changes={entry.changes} timeZone={schedule.timeZone} onlyNew={entry.isFirst} />
        {!differs && (
          <Text size="sm" c="dimmed">
            {isNewest ? "This is how it is now." : "Times, preset and rules are the same now."}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
