"use client";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconInfoCircle } from "@tabler/icons-react";
import type { RefObject } from "react";
import { parseCron } from "@/domain/cron-expression";
import classes from "./cron-field.module.css";
import { CronSegments } from "./cron-segment-strip";
import { cronSegments } from "./cron-segments";
import { runsSentence } from "./schedule-words";
import type { ScheduleEditor } from "./use-schedule-editor";

/** Messages and words wait for a pause in the typing. */
export const TYPING_PAUSE_MS = 400;

const EXAMPLES = [
  { label: "Every day 07:00", cron: "0 7 * * *" },
  { label: "Weekdays 07:00", cron: "0 7 * * 1-5" },
  { label: "Every hour", cron: "0 * * * *" },
  { label: "Every 15 minutes", cron: "*/15 * * * *" },
] as const;

interface CronFieldProps {
  editor: ScheduleEditor;
  inputRef: RefObject<HTMLInputElement | null>;
  /** Of the server's preview: what the expression alone does not show, such as runs that come too often. */
  refusal: { message: string; field: string } | null;
  notes: readonly string[];
}

/** The expression as text, what it means in words, and its five fields with the failing one marked. The text is the person's: it is never rewritten. */
export function CronField({ editor, inputRef, refusal, notes }: CronFieldProps) {
  const text = editor.draft.cronExpression;
  const [settled] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const judged = editor.showsErrors ? text : settled;
  const parsed = parseCron(judged);
  const refused = judged === text ? (editor.errors.cronExpression ?? refusal) : null;
  const message = parsed.ok ? refused?.message : parsed.message;
  return (
    <Stack gap="sm">
      <TextInput
        ref={inputRef}
        label="Cron expression"
        description="Minute, hour, day of month, month, weekday."
        classNames={{ input: classes.input, error: classes.error }}
        size="md"
        value={text}
        onChange={(event) => editor.change({ cronExpression: event.currentTarget.value })}
        error={message}
        inputWrapperOrder={["label", "description", "input", "error"]}
        inputContainer={(input) => (
          <>
            {input}
            <CronSegments segments={cronSegments(text, judged === text ? parsed : parseCron(text))} />
          </>
        )}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
      />
      <Text role="status" fw={600} className={classes.words}>
        {message === undefined ? runsSentence(judged, editor.draft.timeZone) : ""}
      </Text>
      {notes.map((note) => (
        <Group key={note} gap="xs" wrap="nowrap" align="flex-start">
          <IconInfoCircle size={18} stroke={1.7} className={classes.noteIcon} aria-hidden />
          <Text size="sm">{note}</Text>
        </Group>
      ))}
      <Group gap="xs" role="group" aria-label="Examples">
        {EXAMPLES.map(({ label, cron }) => (
          <Button key={cron} variant="default" size="compact-sm" h={30} radius="xl" onClick={() => editor.change({ cronExpression: cron })}>
            {label}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
