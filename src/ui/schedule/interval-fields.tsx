"use client";
import { Group } from "@mantine/core";
import { type BuilderChoices, INTERVALS, type Interval } from "@/domain/schedule-builder";
import { WarmSelectField } from "@/ui/display/warm-select-field";
import { minuteMark } from "./times-plan";

interface IntervalFieldsProps {
  choices: BuilderChoices;
  onChoose: (part: Partial<BuilderChoices>) => void;
}

const FIVE_MINUTES = Array.from({ length: 12 }, (_, index) => index * 5);

/** "Every 15 minutes", or "every 2 hours" at a minute of the hour. */
export function IntervalFields({ choices: { interval, minute }, onChoose }: IntervalFieldsProps) {
  return (
    <Group gap="md" align="flex-start">
      <WarmSelectField
        label="Every"
        placeholder="Pick an interval"
        w={200}
        data={INTERVALS.map((each) => ({ value: keyOf(each), label: wordsOf(each) }))}
        value={interval && keyOf(interval)}
        onChange={(key) => onChoose({ interval: INTERVALS.find((each) => keyOf(each) === key) ?? null })}
      />
      {interval?.unit === "hours" && (
        <WarmSelectField
          label="At minute"
          w={120}
          data={minuteOptions(minute ?? 0)}
          value={String(minute ?? 0)}
          onChange={(picked) => onChoose({ minute: Number(picked) })}
        />
      )}
    </Group>
  );
}

function keyOf({ count, unit }: Interval): string {
  return `${count} ${unit}`;
}

/** "15 minutes", but "hour". */
function wordsOf({ count, unit }: Interval): string {
  return count === 1 ? unit.slice(0, -1) : `${count} ${unit}`;
}

/** What the expression says stands in the list, although it is no round number. */
function minuteOptions(minute: number) {
  const minutes = [...new Set([...FIVE_MINUTES, minute])].sort((one, other) => one - other);
  return minutes.map((value) => ({ value: String(value), label: minuteMark(value) }));
}
