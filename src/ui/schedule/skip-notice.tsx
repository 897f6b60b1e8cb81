"use client";
import { Button, Group, Text } from "@mantine/core";
import { Instant } from "@/ui/time/instant";
import type { ScheduleControl } from "./use-schedule-control";

interface SkipNoticeProps {
  slotAt: Date;
  timeZone: string;
  /** Null for who may look only. */
  control: ScheduleControl | null;
}

/** The run that will be left out, and the way to let it run after all. */
export function SkipNotice({ slotAt, timeZone, control }: SkipNoticeProps) {
  return (
    <Group gap="xs" role="status">
      <Text>
        The run of <Instant at={slotAt} timeZone={timeZone} /> is left out.
      </Text>
      {control && (
        <Button size="compact-md" variant="default" onClick={control.undoSkip} loading={control.isPending}>
          Undo
        </Button>
      )}
    </Group>
  );
}
