"use client";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconPlayerPause } from "@tabler/icons-react";
import type { Schedule } from "@/domain/schedule";
import { Instant } from "@/ui/time/instant";
import { LastFailureLink } from "./last-failure-link";
import type { ScheduleControl } from "./use-schedule-control";

interface PauseNoticeProps {
  schedule: Schedule;
  /** Null for who may look only. */
  control: ScheduleControl | null;
}

/** Who paused the schedule, why and until when, with the way out. Red where Milkrun did it: nothing stops by itself unsaid. */
export function PauseNotice({ schedule, control }: PauseNoticeProps) {
  const { pausedAt, pausedUntil, pausedByName, pauseNote, timeZone, failureStreak } = schedule;
  if (!pausedAt) return null;
  const byMilkrun = pausedByName === null;
  return (
    <Alert
      color={byMilkrun ? "red" : "yellow"}
      icon={byMilkrun ? <IconAlertTriangle aria-hidden /> : <IconPlayerPause aria-hidden />}
      title={byMilkrun ? "Paused because its runs keep failing" : `Paused by ${pausedByName}`}
      style={{ overflowWrap: "anywhere" }}
    >
      <Stack gap="xs">
        {pauseNote && <Text size="sm">{pauseNote}</Text>}
        <Text size="sm">
          Since <Instant at={pausedAt} timeZone={timeZone} />.{" "}
          {pausedUntil ? (
            <>
              Resumes <Instant at={pausedUntil} timeZone={timeZone} />.
            </>
          ) : (
            "Nothing starts by itself until somebody resumes it."
          )}
        </Text>
        {byMilkrun && failureStreak && <LastFailureLink streak={failureStreak} />}
        {control && (
          <Group gap="xs">
            <Button size="sm" onClick={control.resume} loading={control.isPending}>
              Resume schedule
            </Button>
            <Button size="sm" variant="default" onClick={control.ask}>
              Change pause
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
