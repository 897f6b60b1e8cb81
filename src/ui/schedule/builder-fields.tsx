"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { describeCron } from "@/domain/describe-cron";
import { WarmSelectField } from "@/ui/display/warm-select-field";
import { IntervalFields } from "./interval-fields";
import { TimesOfDay } from "./times-of-day";
import type { Builder } from "./use-builder";
import { WeekdayChips } from "./weekday-chips";

interface BuilderFieldsProps {
  builder: Builder;
  timeZone: string;
  onCustom: () => void;
}

/** What the mode asks for. */
export function BuilderFields({ builder, timeZone, onCustom }: BuilderFieldsProps) {
  const { mode, choices, isBeyond, choose } = builder;
  if (mode === "custom") {
    return (
      <Text size="sm">{isBeyond ? "This schedule is more specific than the builder can show. Edit it as cron." : "Write the schedule as cron below."}</Text>
    );
  }
  return (
    <Stack gap="md">
      {mode === "interval" && <IntervalFields choices={choices} onChoose={choose} />}
      {mode === "weekly" && <WeekdayChips weekdays={choices.weekdays} onChange={(weekdays) => choose({ weekdays })} />}
      {mode === "monthly" && <DayOfMonth day={choices.dayOfMonth} onChange={(dayOfMonth) => choose({ dayOfMonth })} />}
      {mode !== "interval" && <TimesOfDay times={choices} onChange={choose} onCustom={onCustom} />}
      {builder.isUndecided && <Undecided builder={builder} timeZone={timeZone} />}
    </Stack>
  );
}

const DAYS = [...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: `Day ${index + 1}` })), { value: "last", label: "Last day" }];

function DayOfMonth({ day, onChange }: { day: number | "last" | null; onChange: (day: number | "last") => void }) {
  return (
    <WarmSelectField
      label="Day of the month"
      placeholder="Pick a day"
      maw={240}
      description={typeof day === "number" && day > 28 ? `Months without a day ${day} are left out. The last day comes every month.` : undefined}
      data={DAYS}
      value={day === null ? null : String(day)}
      onChange={(picked) => onChange(picked === "last" ? picked : Number(picked))}
    />
  );
}

const MISSING = { interval: "Pick an interval", daily: "Enter a time", weekly: "Pick the weekdays and a time", monthly: "Pick a day and a time", custom: "" };

/** The mode is only looked at, and nothing has changed: says so, and what would. */
function Undecided({ builder: { mode, proposal, choose }, timeZone }: { builder: Builder; timeZone: string }) {
  if (proposal === null) return <Text size="sm">{MISSING[mode]}. Until then the schedule stays as it is.</Text>;
  const words = describeCron(proposal, timeZone);
  return (
    <Group gap="sm">
      <Text size="sm">The schedule is still as it was.</Text>
      <Button variant="default" size="compact-sm" onClick={() => choose({})}>
        Run {words.charAt(0).toLowerCase() + words.slice(1, words.lastIndexOf(","))}
      </Button>
    </Group>
  );
}
