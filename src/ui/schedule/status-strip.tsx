"use client";
import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { FAILURE_WARNING_FROM } from "@/domain/auto-pause";
import type { RunSummary } from "@/domain/run";
import type { Schedule } from "@/domain/schedule";
import { loadPart } from "@/ui/display/load-part";
import { PageTitle } from "@/ui/shell/page-title";
import { useSystemStatus } from "@/ui/shell/use-system-status";
import { Instant, RelativeTime } from "@/ui/time/instant";
import { usePreferences } from "@/ui/time/preferences";
import { formatClockWithSeconds } from "@/ui/time/zoned-time";
import { type ComingRun, comingRun } from "./coming-run";
import { LastRunChip } from "./last-run-chip";
import { runsSentence } from "./schedule-words";
import { usePaused } from "./use-paused";
import type { ScheduleControl } from "./use-schedule-control";

// Most schedules show none of them. Each has a place of its own to wait in: without one the whole page would give way, and lose its focus.
const FailureWarning = dynamic(() => loadPart(() => import("./failure-warning").then((module) => module.FailureWarning)), { loading: () => null });
const PauseNotice = dynamic(() => loadPart(() => import("./pause-notice").then((module) => module.PauseNotice)), { loading: () => null });
const SkipNotice = dynamic(() => loadPart(() => import("./skip-notice").then((module) => module.SkipNotice)), { loading: () => null });

interface StatusStripProps {
  schedule: Schedule | null;
  /** In which times are written where there is no schedule. */
  organizationZone: string;
  lastRun: RunSummary | undefined;
  /** The controls, for who may use them. */
  controls?: ReactNode;
  /** What the notices' buttons do, for who may press them. */
  control?: ScheduleControl | null;
}

/** What is on, when it runs next, and how it went last. */
export function StatusStrip({ schedule, organizationZone, lastRun, controls, control = null }: StatusStripProps) {
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start" gap="md">
        <PageTitle>Schedule</PageTitle>
        <Group gap="xs">{controls}</Group>
      </Group>
      {schedule && <ScheduleState schedule={schedule} control={control} />}
      {lastRun && <LastRunChip run={lastRun} timeZone={schedule?.timeZone ?? organizationZone} />}
      {schedule?.problem && (
        <Alert color="red" title="This schedule can't be computed, so nothing starts" icon={<IconAlertTriangle aria-hidden />}>
          {schedule.problem} Change it below and save.
        </Alert>
      )}
    </Stack>
  );
}

function ScheduleState({ schedule, control }: { schedule: Schedule; control: ScheduleControl | null }) {
  const paused = usePaused(schedule);
  const { timeZone, skipSlotAt, failureStreak } = schedule;
  const warns = !paused && failureStreak !== null && failureStreak.count >= FAILURE_WARNING_FROM;
  return (
    <>
      <ScheduleSentence schedule={schedule} paused={paused} />
      {skipSlotAt && <SkipNotice slotAt={skipSlotAt} timeZone={timeZone} control={control} />}
      {paused && <PauseNotice schedule={schedule} control={control} />}
      {warns && <FailureWarning streak={failureStreak} timeZone={timeZone} />}
    </>
  );
}

function ScheduleSentence({ schedule, paused }: { schedule: Schedule; paused: boolean }) {
  const { cronExpression, timeZone, enabled } = schedule;
  const next = comingRun(schedule);
  return (
    <div>
      <Text size="lg">
        <Text span inherit fw={700}>
          {paused ? "Paused. " : enabled ? "On. " : "Off. "}
        </Text>
        {runsSentence(cronExpression, timeZone, enabled && !paused ? "Runs" : "Would run")}
      </Text>
      {enabled && next && <NextRunLine next={next} timeZone={timeZone} />}
      {!enabled && <Text c="dimmed">Nothing starts by itself. Runs start only when you press Run now.</Text>}
    </div>
  );
}

/** The countdown ticks and is no live region: a screen reader would never fall silent. */
function NextRunLine({ next: { at, startsAt }, timeZone }: { next: ComingRun; timeZone: string }) {
  const status = useSystemStatus().data;
  const { clockStyle } = usePreferences();
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
    <>
      <Text>
        Next run <RelativeTime at={startsAt} />: <Instant at={at} timeZone={timeZone} />
      </Text>
      {startsAt > at && (
        <Text size="sm" c="dimmed">
          Starts at {formatClockWithSeconds(startsAt, timeZone, clockStyle)}: your organization's share of the spread.
        </Text>
      )}
    </>
  );
}
