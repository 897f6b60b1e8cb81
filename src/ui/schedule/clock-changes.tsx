"use client";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconClockMinus, IconClockPlus } from "@tabler/icons-react";
import { joinWords } from "@/domain/cron-fields";
import type { SchedulePreview } from "@/domain/schedule";
import { useNow } from "@/ui/time/now";
import { formatDay } from "@/ui/time/zoned-time";
import classes from "./clock-changes.module.css";

const MINUTE_MS = 60_000;

type Shown = Extract<SchedulePreview, { ok: true }>;

interface ClockChangesProps {
  changes: Shown["clockChanges"];
  steadyTimes: Shown["steadyTimes"];
  timeZone: string;
  /** Where the preview begins; null: now. */
  from: Date | null;
  /** They are of something else than what stands on the screen. */
  isStale: boolean;
  /** Changes the draft; null for who may not. */
  change: ((part: { cronExpression?: string; timeZone?: string }) => void) | null;
}

/** What the clock changes ahead do to this schedule, by the code that fires it, and the ways out of them. */
export function ClockChanges({ changes, steadyTimes, timeZone, from, isStale, change }: ClockChangesProps) {
  const now = useNow(MINUTE_MS);
  return (
    <Stack gap="sm" component="section" aria-labelledby="clock-changes-title">
      <div>
        <Title order={2} size="h4" id="clock-changes-title">
          Clock changes
        </Title>
        <Text size="sm" c="dimmed">
          What they do to this schedule within 400 days{from && ` of ${formatDay(from, timeZone, now)}`}.
        </Text>
      </div>
      <ul className={classes.list} data-dim={isStale || undefined}>
        {changes.map(({ at, shiftMs, heading, effect }) => {
          const ChangeIcon = shiftMs > 0 ? IconClockPlus : IconClockMinus;
          return (
            <li key={at.getTime()} className={classes.change}>
              <ChangeIcon size={18} stroke={1.7} className={classes.icon} aria-hidden />
              <Text size="sm" component="span">
                <Text span inherit fw={600}>
                  {heading}:
                </Text>{" "}
                {effect}
              </Text>
            </li>
          );
        })}
      </ul>
      {change && (
        <Group gap="xs">
          {steadyTimes && (
            <Button variant="default" size="sm" disabled={isStale} onClick={() => change({ cronExpression: steadyTimes.cronExpression })}>
              Move to {joinWords(steadyTimes.times)}
            </Button>
          )}
          <Button variant="default" size="sm" disabled={isStale} onClick={() => change({ timeZone: "UTC" })}>
            Use UTC
          </Button>
        </Group>
      )}
    </Stack>
  );
}
