"use client";
import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { RunSummary } from "@/domain/run";
import type { Schedule } from "@/domain/schedule";
import { PageTitle } from "@/ui/shell/page-title";
import { useSystemStatus } from "@/ui/shell/use-system-status";
import { Instant, RelativeTime } from "@/ui/time/instant";
import { LastRunChip } from "./last-run-chip";
import { runsSentence } from "./schedule-words";

interface StatusStripProps {
  schedule: Schedule | null;
  /** In which times are written where there is no schedule. */
  organizationZone: string;
  lastRun: RunSummary | undefined;
  /** The controls, for who may use them. */
  controls?: ReactNode;
}

/** What is on, when it runs next, and how it went last. */
export function StatusStrip({ schedule, organizationZone, lastRun, controls }: StatusStripProps) {
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start" gap="md">
        <PageTitle>Schedule</PageTitle>
        <Group gap="xs">{controls}</Group>
      </Group>
      {schedule && <ScheduleSentence schedule={schedule} />}
      {lastRun && <LastRunChip run={lastRun} timeZone={schedule?.timeZone ?? organizationZone} />}
      {schedule?.problem && (
        <Alert color="red" title="This schedule can't be computed, so nothing starts" icon={<IconAlertTriangle aria-hidden />}>
          {schedule.problem} Change it below and save.
        </Alert>
      )}
    </Stack>
  );
}

function ScheduleSentence({ schedule }: { schedule: Schedule }) {
  const { cronExpression, timeZone, enabled, nextRunAt } = schedule;
  return (
    <div>
      <Text size="lg">
        <Text span inherit fw={700}>
          {enabled ? "On. " : "Off. "}
        </Text>
        {runsSentence(cronExpression, timeZone, enabled ? "Runs" : "Would run")}
      </Text>
      {enabled && nextRunAt && <NextRunLine at={nextRunAt} timeZone={timeZone} />}
      {!enabled && <Text c="dimmed">Nothing starts by itself. Runs start only when you press Run now.</Text>}
    </div>
  );
}

/** The countdown ticks and is no live region: a screen reader would never fall silent. */
function NextRunLine({ at, timeZone }: { at: Date; timeZone: string }) {
  const status = useSystemStatus().data;
  if (status && !status.schedulerAlive) {
    return (
      <Text>
        Next run:{" "}
        <s>
          <Instant at={at} timeZone={timeZone} />
        </s>{" "}
        waiting for the scheduler
      </Text>
    );
  }
  return (
    <Text>
      Next run <RelativeTime at={at} />: <Instant at={at} timeZone={timeZone} />
    </Text>
  );
}
