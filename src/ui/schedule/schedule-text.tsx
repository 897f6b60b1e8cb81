"use client";
import { Button, Code, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconHistory } from "@tabler/icons-react";
import { MISSED_POLICY_WORDS, OVERLAP_WORDS } from "@/domain/missed-policy-words";
import type { Preset } from "@/domain/preset";
import type { Schedule } from "@/domain/schedule";
import { spreadWords } from "@/domain/spread-words";
import { RunHistory } from "@/ui/run-history/run-history";
import { EmptyState } from "@/ui/states/empty-state";
import { ReadOnlyNotice } from "@/ui/states/read-only-notice";
import { formatDuration } from "@/ui/time/duration";
import { LazyHistoryDrawer } from "./lazy-history-drawer";
import { PREVIEW_COUNT } from "./page-counts";
import { previewInput } from "./preview-input";
import { PreviewPanel } from "./preview-panel";
import classes from "./schedule-form.module.css";
import { StatusStrip } from "./status-strip";
import { usePaused } from "./use-paused";
import { usePreview } from "./use-preview";
import type { ScheduleData } from "./use-schedule-data";
import { PresetFacts } from "./what-section";

/** The schedule as text, for who may look but not change it. */
export function ScheduleText({ data: { schedule, presets, lastRun, organizationZone } }: { data: ScheduleData }) {
  return (
    <Stack gap="xl">
      <StatusStrip schedule={schedule} organizationZone={organizationZone} lastRun={lastRun} />
      <Group justify="space-between">
        <ReadOnlyNotice />
        {schedule && <HistoryButton schedule={schedule} presets={presets} />}
      </Group>
      {schedule ? <StoredSchedule schedule={schedule} presets={presets} /> : <EmptyState>Nothing is scheduled.</EmptyState>}
      <RunHistory />
    </Stack>
  );
}

function HistoryButton({ schedule, presets }: { schedule: Schedule; presets: readonly Preset[] }) {
  const [opened, drawer] = useDisclosure(false);
  return (
    <>
      <Button variant="default" size="sm" leftSection={<IconHistory size={16} aria-hidden />} onClick={drawer.open}>
        Change history
      </Button>
      <LazyHistoryDrawer opened={opened} onClose={drawer.close} schedule={schedule} presets={presets} restoring={null} />
    </>
  );
}

function StoredSchedule({ schedule, presets }: { schedule: Schedule; presets: readonly Preset[] }) {
  const paused = usePaused(schedule);
  const preview = usePreview(previewInput(schedule, schedule, paused, PREVIEW_COUNT));
  const preset = presets.find(({ id }) => id === schedule.presetId);
  return (
    <div className={classes.columns}>
      <Paper withBorder p={{ base: "md", sm: "lg" }} radius="lg">
        <Stack gap="lg">
          <Stack gap="xs" component="section">
            <Title order={2} size="h4">
              What runs
            </Title>
            <Text>{preset ? preset.name : "No preset is chosen."}</Text>
            {preset && <PresetFacts preset={preset} timeZone={schedule.timeZone} runsPerMonth={preview.data?.ok ? preview.data.runsPerMonth : null} />}
          </Stack>
          <Stack gap="xs" component="section">
            <Title order={2} size="h4">
              When
            </Title>
            <Text>
              Cron expression{" "}
              <Code fz="md" style={{ whiteSpace: "pre-wrap" }}>
                {schedule.cronExpression}
              </Code>
              , time zone {schedule.timeZone}.
            </Text>
          </Stack>
          <Stack gap="xs" component="section">
            <Title order={2} size="h4">
              If runs overlap or are missed
            </Title>
            <Text>{OVERLAP_WORDS}</Text>
            <Text>When the server was down at the time of a run: {MISSED_POLICY_WORDS[schedule.missedPolicy].toLowerCase()}.</Text>
            <Text>{schedule.runLimitMs === null ? "Run limit: the server's own." : `Run limit: ${formatDuration(schedule.runLimitMs)}.`}</Text>
            <Text>Spread: {spreadWords(schedule.spreadMs).toLowerCase()}.</Text>
          </Stack>
        </Stack>
      </Paper>
      <PreviewPanel previewed={schedule} schedule={schedule} isPaused={paused} change={null} />
    </div>
  );
}
