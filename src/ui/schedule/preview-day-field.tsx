"use client";
import { Button, Group, TextInput } from "@mantine/core";
import { latestPreviewStart, PREVIEW_EARLIEST } from "@/domain/preview-start";
import { useNow } from "@/ui/time/now";

const DAY_MS = 86_400_000;

interface PreviewDayFieldProps {
  /** "2027-03-14", or "" for none. */
  day: string;
  onDay: (day: string) => void;
  problem: string | null;
}

/** From which day on the runs are shown, so that anybody can look at March in November. */
export function PreviewDayField({ day, onDay, problem }: PreviewDayFieldProps) {
  const latest = latestPreviewStart(useNow(DAY_MS));
  return (
    <Group gap="xs" align="flex-start">
      <TextInput
        type="date"
        label="Preview from date"
        size="sm"
        w="11rem"
        value={day}
        error={problem}
        min={PREVIEW_EARLIEST.toISOString().slice(0, 10)}
        max={latest.toISOString().slice(0, 10)}
        onChange={(event) => onDay(event.currentTarget.value)}
        // Enter must not submit the form around it.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      {day !== "" && (
        <Button variant="default" size="sm" mt="1.55rem" onClick={() => onDay("")}>
          Back to now
        </Button>
      )}
    </Group>
  );
}
