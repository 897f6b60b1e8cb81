"use client";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconPlayerPause } from "@tabler/icons-react";
import type { Schedule } from "@/domain/schedule";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import { LastFailureLink } from "./last-failure-link";
import { pausedBySentence } from "./schedule-words";
import type { ScheduleControl } from "./use-schedule-control";

const MINUTE_MS = 60_000;

interface PauseNoticeProps {
  schedule: Schedule;
  /** Null for who may look only. */
  control: ScheduleControl | null;
}

/** Who paused the schedule, why and until when, with the way out. Red where Milkrun did it: nothing stops by itself unsaid. */
export function PauseNotice({ schedule, control }: PauseNoticeProps) {
  const { pausedAt, pausedUntil, pausedByName, pauseNote, timeZone, failureStreak } = schedule;
  const now = useNow(MINUTE_MS);
  if (!pausedAt) return null;
  const byMilkrun = pausedByName === null;
  return (
    <Alert
      color={byMilkrun ? "red" : "yellow"}
      icon={byMilkrun ? <IconAlertTriangle aria-hidden /> : <IconPlayerPause aria-hidden />}
      title={byMilkrun ? "Paused because its runs keep failing" : pausedBySentence({ ...schedule, pausedAt, pausedByName }, now)}
      style={{ overflowWrap: "anywhere" }}
    >
      <Stack gap="xs">
        {byMilkrun && pauseNote && <Text size="sm">{pauseNote}</Text>}
        <Text size="sm">
          Since <Instant at={pausedAt} timeZone={timeZone} />.{" "}
          {pausedUntil ? (
            <>
              Resumes by itself <Instant at={pausedUntil} timeZone={timeZone} />.
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
