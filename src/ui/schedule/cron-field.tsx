"use client";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { type ReactNode, type RefObject, useId } from "react";
import type { CronNote } from "@/domain/cron-notes";
import classes from "./cron-field.module.css";
import { CronSegments } from "./cron-segment-strip";
import type { CronJudgement } from "./use-cron-judgement";
import { useMacro } from "./use-macro";
import type { ScheduleEditor } from "./use-schedule-editor";

interface CronFieldProps {
  editor: ScheduleEditor;
  inputRef: RefObject<HTMLInputElement | null>;
  judgement: CronJudgement;
  notes: readonly Pick<CronNote, "message">[];
}

/** The expression as text, and its five fields with the failing one marked. The text is the person's: only a typed macro is spelled out. */
export function CronField({ editor, inputRef, judgement: { segments, message }, notes }: CronFieldProps) {
  const text = editor.draft.cronExpression;
  const onText = (cronExpression: string) => editor.change({ cronExpression });
  const macro = useMacro(text, editor.schedule?.cronExpression, onText);
  const id = useId();
  const described = [`${id}-description`, ...(message ? [`${id}-message`] : []), ...(notes.length > 0 ? [`${id}-notes`] : [])];
  return (
    <Stack gap="sm">
      <TextInput
        ref={inputRef}
        label="Cron expression"
        description="Minute, hour, day of month, month, weekday."
        descriptionProps={{ id: `${id}-description` }}
        classNames={{ input: classes.input }}
        size="md"
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onBlur={macro.expand}
        error={message !== undefined}
        // The message stands at the failing field, below, and not where this component would put it.
        attributes={{ input: { "aria-describedby": described.join(" ") } }}
        inputContainer={(input) => (
          <>
            {input}
            <CronSegments segments={segments} message={message} messageId={`${id}-message`} />
          </>
        )}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
      />
      {macro.note && (
        <Note>
          {macro.note}{" "}
          {macro.expanded && (
            <Button variant="subtle" size="compact-sm" onClick={macro.keep}>
              Keep {macro.expanded}
            </Button>
          )}
        </Note>
      )}
      {notes.length > 0 && (
        <Stack gap="xs" id={`${id}-notes`}>
          {notes.map(({ message: note }) => (
            <Note key={note}>{note}</Note>
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <IconInfoCircle size={18} stroke={1.7} className={classes.noteIcon} aria-hidden />
      <Text size="sm">{children}</Text>
    </Group>
  );
}
