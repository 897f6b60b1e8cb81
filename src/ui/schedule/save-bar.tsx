"use client";
import { Button, Group, Text } from "@mantine/core";
import dynamic from "next/dynamic";
import type { Preset } from "@/domain/preset";
import { loadPart } from "@/ui/display/load-part";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import { changesInWords } from "./draft-words";
import type { NextRunChange } from "./next-run-change";
import { nextRunShift } from "./next-run-shift";
import classes from "./save-bar.module.css";
import { SaveProblem } from "./save-problem";
import { draftOf, type ScheduleDraft } from "./schedule-draft";
import type { SaveOptions, ScheduleEditor } from "./use-schedule-editor";

const MINUTE_MS = 60_000;

const ConflictNotice = dynamic(() => loadPart(() => import("./conflict-notice").then((module) => module.ConflictNotice)), { ssr: false });

interface SaveBarProps {
  editor: ScheduleEditor;
  presets: readonly Preset[];
  /** Null where no run is planned, and while the coming one is being computed. */
  nextRun: NextRunChange | null;
  onSave: (options?: SaveOptions) => void;
  onDiscard: () => void;
  /** Leads to the input of a field. */
  onGoTo: (field: string) => void;
}

/** Stands at the lower edge while something is not saved. */
export function SaveBar(props: SaveBarProps) {
  const { editor, presets, onSave, onGoTo } = props;
  return (
    <section className={classes.bar} aria-label="Unsaved changes">
      <SaveProblem editor={editor} onGoTo={onGoTo} />
      {editor.isBack && (
        <Text fw={600} mb="xs" role="status">
          Your unsaved changes are back.
        </Text>
      )}
      {editor.isConflict && editor.schedule ? (
        <ConflictNotice editor={editor} stored={editor.schedule} presets={presets} onKeepMine={() => onSave({ overwrite: true })} />
      ) : (
        <SaveButtons {...props} />
      )}
    </section>
  );
}

function SaveButtons({ editor, presets, nextRun, onSave, onDiscard }: SaveBarProps) {
  const { schedule } = editor;
  const isNew = schedule === null;
  return (
    <Group justify="space-between" gap="sm">
      <div className={classes.words}>
        {schedule ? <UnsavedLine editor={editor} presets={presets} nextRun={nextRun} stored={draftOf(schedule)} /> : <NewLine isDeleted={editor.isConflict} />}
      </div>
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

function NewLine({ isDeleted }: { isDeleted: boolean }) {
  if (isDeleted) return <Text size="sm">Somebody deleted the schedule meanwhile. Saving makes it anew, with your changes.</Text>;
  return <Text size="sm">Not saved yet. Nothing runs by itself until you save and turn it on.</Text>;
}

/** "Unsaved: time 02:30 → 03:30. Next run moves from today 18:00 to tomorrow 03:30." */
function UnsavedLine({ editor, presets, nextRun, stored }: Pick<SaveBarProps, "editor" | "presets" | "nextRun"> & { stored: ScheduleDraft }) {
  const now = useNow(MINUTE_MS);
  const { clockStyle } = usePreferences();
  const changes = changesInWords(stored, editor.draft, presets);
  return (
    <Text size="sm" className={classes.change}>
      <Text span inherit fw={600}>
        Unsaved: {changes.join(", ")}.
      </Text>{" "}
      {nextRun && nextRunShift(nextRun.stored, nextRun.changed, now, clockStyle)}
    </Text>
  );
}
