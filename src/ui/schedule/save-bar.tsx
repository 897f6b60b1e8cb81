"use client";
import { Alert, Button, Group, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { joinWords } from "@/domain/cron-fields";
import type { Preset } from "@/domain/preset";
import { errorMessage } from "@/ui/error-message";
import { ConflictNotice } from "./conflict-notice";
import classes from "./save-bar.module.css";
import { FIELD_NAMES, type ScheduleDraft } from "./schedule-draft";
import type { SaveOptions, ScheduleEditor } from "./use-schedule-editor";

interface SaveBarProps {
  editor: ScheduleEditor;
  presets: readonly Preset[];
  onSave: (options?: SaveOptions) => void;
  onDiscard: () => void;
}

/** Stands at the lower edge while something is not saved. */
export function SaveBar({ editor, presets, onSave, onDiscard }: SaveBarProps) {
  const isNew = editor.schedule === null;
  const shown = isNew || editor.isEdited;
  // Works while typing, too; without changes it does nothing, but the browser's own "save page" stays away.
  useHotkeys([["mod+S", () => shown && !editor.isConflict && onSave()]], []);
  if (!shown) return null;
  return (
    <section className={classes.bar} aria-label="Unsaved changes">
      {editor.saveFailure !== null && (
        <Alert color="red" role="alert" title="Could not save" icon={<IconAlertTriangle aria-hidden />} mb="sm">
          {errorMessage(editor.saveFailure)} Your changes are still here.
        </Alert>
      )}
      {editor.isConflict && editor.schedule ? (
        <ConflictNotice editor={editor} stored={editor.schedule} presets={presets} onKeepMine={() => onSave({ overwrite: true })} />
      ) : (
        <SaveButtons editor={editor} onSave={onSave} onDiscard={onDiscard} />
      )}
    </section>
  );
}

function SaveButtons({ editor, onSave, onDiscard }: Omit<SaveBarProps, "presets">) {
  const isNew = editor.schedule === null;
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm">{isNew ? "Not saved yet. Nothing runs by itself until you save and turn it on." : unsavedSentence(editor)}</Text>
      <Group gap="xs">
        <Button variant="default" onClick={onDiscard} disabled={editor.isSaving}>
          Discard
        </Button>
        <Button type="submit" variant={isNew ? "default" : "filled"} loading={editor.isSaving}>
          Save changes
        </Button>
        {isNew && (
          <Button onClick={() => onSave({ turnOn: true })} loading={editor.isSaving}>
            Save and turn on
          </Button>
        )}
      </Group>
    </Group>
  );
}

function unsavedSentence({ changes }: ScheduleEditor): string {
  const names = (Object.keys(changes) as (keyof ScheduleDraft)[]).map((name) => FIELD_NAMES[name]);
  return `Unsaved: ${joinWords(names)}.`;
}
