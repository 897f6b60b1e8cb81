"use client";
import { Group, List, Stack, Text } from "@mantine/core";
import { IconCalendarX, IconCircleCheck, IconClockExclamation, IconPlayerSkipForward, IconPlayerTrackNext } from "@tabler/icons-react";
import { formatCount } from "@/ui/display/count";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";
import { Instant } from "@/ui/time/instant";
import { isTroubled, SlotStrip } from "./slot-strip";
import { addHours, countWords, latenessWords, SLOT_OUTCOMES, type SlotOutcome } from "./slot-words";
import type { SlotRecord } from "./system-readings";

const LOOKS: Record<SlotOutcome, StatusLook> = {
  onTime: { tone: "good", icon: IconCircleCheck, word: "On time" },
  superseded: { tone: "quiet", icon: IconPlayerTrackNext, word: "Passed over" },
  skipped: { tone: "quiet", icon: IconPlayerSkipForward, word: "Skipped" },
  late: { tone: "warning", icon: IconClockExclamation, word: "Late" },
  missed: { tone: "bad", icon: IconCalendarX, word: "Missed" },
};

/** What became of the slots of the last 24 hours, hour by hour. */
export function SlotRecordSection({ record, timeZone }: { record: SlotRecord; timeZone: string }) {
  const { hours, lateness } = record;
  const counts = addHours(hours);
  return (
    <Stack gap="sm">
      <SlotStrip hours={hours} timeZone={timeZone} />
      <Group component="ul" gap="xs" p={0} m={0} style={{ listStyle: "none" }}>
        {SLOT_OUTCOMES.map((outcome) => (
          <li key={outcome}>
            <StatusBadge look={lookOf(outcome, counts[outcome])} />
          </li>
        ))}
      </Group>
      {lateness && <Text size="sm">{latenessWords(lateness)}</Text>}
      <TroubledHours hours={hours.filter(isTroubled)} timeZone={timeZone} />
    </Stack>
  );
}

/** What did not happen is nothing to worry about. */
function lookOf(outcome: SlotOutcome, count: number): StatusLook {
  const look = LOOKS[outcome];
  return { ...look, word: `${look.word}: ${formatCount(count)}`, tone: count === 0 ? "quiet" : look.tone };
}

function TroubledHours({ hours, timeZone }: { hours: SlotRecord["hours"]; timeZone: string }) {
  if (hours.length === 0) return null;
  return (
    <List size="sm">
      {hours.toReversed().map((hour) => (
        <List.Item key={hour.startsAt.getTime()}>
          The hour of <Instant at={hour.startsAt} timeZone={timeZone} />: {countWords(hour)}.
        </List.Item>
      ))}
    </List>
  );
}
