"use client";
import { Group, Text } from "@mantine/core";
import { Instant } from "@/ui/time/instant";
import classes from "./slot-strip.module.css";
import { countWords, type SlotOutcome, worstOutcome } from "./slot-words";
import type { SlotHour } from "./system-readings";

const HEIGHT = 40;
const STEP = 10;
const GAP = 2;

/** The taller the worse: colour alone would not say it to everybody. */
const HEIGHTS: Record<SlotOutcome, number> = { onTime: 14, superseded: 20, skipped: 20, late: 30, missed: HEIGHT };
const NO_SLOT_HEIGHT = 3;

/** One bar for each hour, by the worst that happened in it. What it shows stands below it in words, too. */
export function SlotStrip({ hours, timeZone }: { hours: readonly SlotHour[]; timeZone: string }) {
  const troubled = hours.filter(isTroubled).length;
  const label = `${hours.length} hours, one bar each: ${troubled === 0 ? "all on time" : `${troubled} with slots that were late, skipped, passed over or missed`}`;
  return (
    <div>
      <svg className={classes.strip} viewBox={`0 0 ${hours.length * STEP - GAP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {hours.map((hour, index) => (
          <HourBar key={hour.startsAt.getTime()} hour={hour} x={index * STEP} />
        ))}
      </svg>
      {hours[0] && (
        <Group justify="space-between" gap="xs" mt={4}>
          <Text size="xs" c="dimmed">
            <Instant at={hours[0].startsAt} timeZone={timeZone} />
          </Text>
          <Text size="xs" c="dimmed">
            now
          </Text>
        </Group>
      )}
    </div>
  );
}

/** An hour in which not every slot was on time. */
export function isTroubled(hour: SlotHour): boolean {
  return (worstOutcome(hour) ?? "onTime") !== "onTime";
}

function HourBar({ hour, x }: { hour: SlotHour; x: number }) {
  const worst = worstOutcome(hour);
  const height = worst ? HEIGHTS[worst] : NO_SLOT_HEIGHT;
  return (
    <rect className={classes[worst ?? "none"]} x={x} y={HEIGHT - height} width={STEP - GAP} height={height}>
      <title>{countWords(hour)}</title>
    </rect>
  );
}
