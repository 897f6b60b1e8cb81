"use client";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import type { Preset } from "@/domain/preset";
import type { Schedule } from "@/domain/schedule";
import { RelativeTime } from "@/ui/time/instant";
import classes from "./conflict-notice.module.css";
import { draftOf, FIELD_NAMES, type ScheduleDraft } from "./schedule-draft";
import { spreadWords } from "./spread-words";
import type { ScheduleEditor } from "./use-schedule-editor";

interface ConflictNoticeProps {
  editor: ScheduleEditor;
  /** What the other person saved. */
  stored: Schedule;
  presets: readonly Preset[];
  onKeepMine: () => void;
}

/** Somebody else saved while this person was editing: what both say, and whose shall count. */
export function ConflictNotice({ editor, stored, presets, onKeepMine }: ConflictNoticeProps) {
  const { changes, discard } = editor;
  const theirs = draftOf(stored);
  const names = Object.keys(changes) as (keyof ScheduleDraft)[];
  return (
    <Alert
      color="yellow"
      role="alert"
      icon={<IconUsers aria-hidden />}
      title={
        <>
          {changedBy(stored)} changed this <RelativeTime at={stored.updatedAt} />
        </>
      }
    >
      <Stack gap="xs">
        <Text size="sm">Your changes are not saved and are still here.</Text>
        <ul className={classes.list}>
          {names.map((name) => (
            <li key={name}>
              {FIELD_NAMES[name]}: now <strong>{show(name, theirs, presets)}</strong>, yours <strong>{show(name, editor.draft, presets)}</strong>
            </li>
          ))}
        </ul>
        <Group gap="xs">
          <Button variant="default" onClick={discard}>
            Take theirs
          </Button>
          <Button onClick={onKeepMine} loading={editor.isSaving}>
            Keep mine
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function changedBy({ updatedByName, pausedAt, pausedByName }: Schedule): string {
  const byMilkrun = updatedByName === null && pausedAt !== null && pausedByName === null;
  return updatedByName ?? (byMilkrun ? "Milkrun" : "Someone else");
}

function show(name: keyof ScheduleDraft, draft: ScheduleDraft, presets: readonly Preset[]): string {
  const value = draft[name];
  if (name === "spreadMs") return spreadWords(draft.spreadMs);
  if (name === "presetId") return presets.find(({ id }) => id === value)?.name ?? "no preset";
  if (name === "runLimitMinutes") return value ? `${value} minutes` : "the server's limit";
  if (name === "missedPolicy") return value === "skip" ? "skip" : "run once";
  return String(value ?? "");
}
