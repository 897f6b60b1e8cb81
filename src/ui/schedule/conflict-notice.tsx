"use client";
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { describeCron } from "@/domain/describe-cron";
import type { Preset } from "@/domain/preset";
import type { Schedule } from "@/domain/schedule";
import { RelativeTime } from "@/ui/time/instant";
import classes from "./conflict-notice.module.css";
import { differingFields, FIELD_NAMES, fieldWords } from "./draft-words";
import { draftOf, type ScheduleDraft } from "./schedule-draft";
import type { ScheduleEditor } from "./use-schedule-editor";

interface ConflictNoticeProps {
  editor: ScheduleEditor;
  /** What the other person saved. */
  stored: Schedule;
  presets: readonly Preset[];
  onKeepMine: () => void;
}

/** Somebody else saved while this person was editing: what both say, side by side, and whose shall count. */
export function ConflictNotice({ editor, stored, presets, onKeepMine }: ConflictNoticeProps) {
  return (
    <Stack gap="xs" role="alert">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <IconUsers className={classes.icon} size={22} stroke={1.7} aria-hidden />
        <Text fw={700}>
          {changedBy(stored)} changed this {/* It ticks within an alert: spoken once is enough. */}
          <span aria-live="off">
            <RelativeTime at={stored.updatedAt} />
          </span>
        </Text>
      </Group>
      <Text size="sm">Your changes are not saved and are still here. Keep mine saves them; what you did not touch stays as it is now.</Text>
      <SideBySide editor={editor} theirs={draftOf(stored)} presets={presets} />
      <Group gap="xs" justify="flex-end">
        <Button variant="default" onClick={editor.discard}>
          Take theirs
        </Button>
        <Button onClick={onKeepMine} loading={editor.isSaving}>
          Keep mine
        </Button>
      </Group>
    </Stack>
  );
}

/** A row for each field that one of both changed. */
function SideBySide({ editor, theirs, presets }: Pick<ConflictNoticeProps, "editor" | "presets"> & { theirs: ScheduleDraft }) {
  const mine = { ...editor.seen, ...editor.changes };
  return (
    <Table className={classes.table} layout="fixed" verticalSpacing={6} horizontalSpacing={8} captionSide="top">
      <Table.Caption className={classes.caption}>What differs</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Field</Table.Th>
          <Table.Th scope="col">Mine</Table.Th>
          <Table.Th scope="col">Theirs</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {differingFields(mine, theirs).map((name) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{FIELD_NAMES[name]}</Table.Th>
            <Table.Td>
              {name in editor.changes ? (
                <FieldValue name={name} draft={mine} presets={presets} />
              ) : (
                <Text size="sm" c="dimmed">
                  not changed
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <FieldValue name={name} draft={theirs} presets={presets} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** The value, and what an expression means. */
function FieldValue({ name, draft, presets }: { name: keyof ScheduleDraft; draft: ScheduleDraft; presets: readonly Preset[] }) {
  return (
    <>
      <Text size="sm" fw={600}>
        {fieldWords(name, draft, presets)}
      </Text>
      {name === "cronExpression" && (
        <Text size="xs" c="dimmed">
          {describeCron(draft.cronExpression, draft.timeZone)}
        </Text>
      )}
    </>
  );
}

function changedBy({ updatedByName, pausedAt, pausedByName }: Schedule): string {
  const byMilkrun = updatedByName === null && pausedAt !== null && pausedByName === null;
  return updatedByName ?? (byMilkrun ? "Milkrun" : "Someone else");
}
