"use client";
import { Button, Group, TextInput } from "@mantine/core";
import { useRef } from "react";
import { DAY_MS } from "@/domain/calendar-days";
import { latestPreviewStart, PREVIEW_EARLIEST } from "@/domain/preview-start";
import { useNow } from "@/ui/time/now";

interface PreviewDayFieldProps {
  /** "2027-03-14", or "" for none. */
  day: string;
  onDay: (day: string) => void;
  problem: string | null;
}

/** From which day on the runs are shown, so that anybody can look at March in November. */
export function PreviewDayField({ day, onDay, problem }: PreviewDayFieldProps) {
  const latest = latestPreviewStart(useNow(DAY_MS));
  const input = useRef<HTMLInputElement>(null);

  function backToNow() {
    onDay("");
    // The button goes; whoever pressed it must not be left nowhere.
    input.current?.focus();
  }

  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput
        ref={input}
        type="date"
        label="Preview from date"
        size="sm"
        flex="0 1 11rem"
        value={day}
        error={problem}
        min={PREVIEW_EARLIEST.toISOString().slice(0, 10)}
        max={latest.toISOString().slice(0, 10)}
        onChange={(event) => onDay(event.currentTarget.value)}
        // Enter must not submit the form around it.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      {day !== "" && (
        <Button variant="default" size="sm" flex="none" mt="1.55rem" onClick={backToNow}>
          Back to now
        </Button>
      )}
    </Group>
  );
}
