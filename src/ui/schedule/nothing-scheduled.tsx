"use client";
import { Button, Stack } from "@mantine/core";
import { RunHistory } from "@/ui/run-history/run-history";
import { AppLink } from "@/ui/shell/app-link";
import { EmptyState } from "@/ui/states/empty-state";
import { RunNow } from "./run-now";
import { StatusStrip } from "./status-strip";
import type { ScheduleData } from "./use-schedule-data";

/** The Schedule page before there is a schedule: the way to the first one. */
export function NothingScheduled({ data, onSetUp }: { data: ScheduleData; onSetUp: () => void }) {
  const { presets, lastRun, activeRun, organizationZone } = data;
  const hasPreset = presets.length > 0;
  return (
    <Stack gap="xl">
      <StatusStrip
        schedule={null}
        organizationZone={organizationZone}
        lastRun={lastRun}
        controls={hasPreset && <RunNow presetId={null} activeRun={activeRun} />}
      />
      {hasPreset ? (
        <EmptyState action={<Button onClick={onSetUp}>Set up schedule</Button>}>Nothing is scheduled. Runs start only when you press Run now.</EmptyState>
      ) : (
        <EmptyState
          action={
            <Button component={AppLink} href="/sources">
              Add a source
            </Button>
          }
        >
          Add a source first. Then choose when to collect.
        </EmptyState>
      )}
      {lastRun && <RunHistory />}
    </Stack>
  );
}
