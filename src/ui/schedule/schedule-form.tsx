"use client";
import { Alert, Paper, Stack } from "@mantine/core";
import { useDebouncedValue, useHotkeys } from "@mantine/hooks";
import { IconBulb } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { type FormEvent, useRef } from "react";
import { loadPart } from "@/ui/display/load-part";
import { useEver } from "@/ui/display/use-ever";
import { useWarm } from "@/ui/display/use-warm";
import { RunHistory } from "@/ui/run-history/run-history";
import { useBackGuard } from "@/ui/shell/back-guard";
import { useLeaveGuard } from "@/ui/shell/leave-guard";
import { EnabledSwitch } from "./enabled-switch";
import { nextRunChange } from "./next-run-change";
import { PREVIEW_COUNT } from "./page-counts";
import { previewInput } from "./preview-input";
import { PreviewPanel } from "./preview-panel";
import { RulesSection } from "./rules-section";
import { RunNow } from "./run-now";
import { proposeDraft } from "./schedule-draft";
import classes from "./schedule-form.module.css";
import { StatusStrip } from "./status-strip";
import { TYPING_PAUSE_MS } from "./use-cron-judgement";
import { useFieldFocus } from "./use-field-focus";
import { usePreview } from "./use-preview";
import { useScheduleControl } from "./use-schedule-control";
import type { ScheduleData } from "./use-schedule-data";
import { type SaveOptions, useScheduleEditor } from "./use-schedule-editor";
import { WarmScheduleMenu } from "./warm-schedule-menu";
import { WhatSection } from "./what-section";
import { WhenSection } from "./when-section";

const loadSaveBar = () => import("./save-bar").then((module) => module.SaveBar);
const SaveBar = dynamic(() => loadPart(loadSaveBar), { loading: () => null });
const PauseDialog = dynamic(() => loadPart(() => import("./pause-dialog").then((module) => module.PauseDialog)), { ssr: false });

/** The schedule, to be changed. `onLeave` ends the setting up of a first one. */
export function ScheduleForm({ data, onLeave }: { data: ScheduleData; onLeave: () => void }) {
  const { schedule, presets, lastRun, activeRun, organizationZone, draftKey } = data;
  const cronInput = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const editor = useScheduleEditor(schedule, proposeDraft(organizationZone, presets.length === 1 ? (presets[0]?.id ?? null) : null), draftKey);
  const [settled] = useDebouncedValue(editor.draft, TYPING_PAUSE_MS);
  const control = useScheduleControl(schedule);
  const preview = usePreview(previewInput(settled, schedule, control.isPaused, PREVIEW_COUNT));
  const isOutdated = (["cronExpression", "timeZone", "spreadMs"] as const).some((name) => settled[name] !== editor.draft[name]);
  const known = isOutdated || preview.isPlaceholderData ? undefined : preview.data;
  useLeaveGuard(editor.isEdited, editor.discard);
  useBackGuard(editor.isEdited);
  const hasAsked = useEver(control.isAsking);
  const goTo = useFieldFocus(editor, form, cronInput);
  const isUnsaved = schedule === null || editor.isEdited;
  useWarm(loadSaveBar);
  // Works while typing, too; without changes it does nothing, but the browser's own "save page" stays away.
  useHotkeys([["mod+S", () => isUnsaved && !editor.isConflict && save()]], []);

  function save(options?: SaveOptions) {
    if (!editor.isSaving) editor.save(options);
  }

  function discard() {
    editor.discard();
    if (!schedule) onLeave();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    save();
  }

  return (
    <Stack gap="xl">
      <StatusStrip
        schedule={schedule}
        organizationZone={organizationZone}
        lastRun={lastRun}
        control={control}
        controls={
          <>
            {schedule && <EnabledSwitch schedule={schedule} />}
            <RunNow presetId={schedule?.presetId ?? null} activeRun={activeRun} />
            {schedule && <WarmScheduleMenu schedule={schedule} presets={presets} editor={editor} control={control} onRemoved={onLeave} />}
          </>
        }
      />
      {schedule && hasAsked && <PauseDialog schedule={schedule} control={control} />}
      {!schedule && (
        <Alert color="route" icon={<IconBulb aria-hidden />}>
          This is a proposal. Change what you like: nothing is stored until you save.
        </Alert>
      )}
      <form ref={form} noValidate onSubmit={submit} className={classes.form}>
        <div className={classes.columns}>
          <Paper withBorder p={{ base: "md", sm: "lg" }} radius="lg">
            <Stack gap="xl">
              <WhatSection editor={editor} presets={presets} runsPerMonth={preview.data?.ok ? preview.data.runsPerMonth : null} />
              <WhenSection editor={editor} cronInput={cronInput} preview={known} organizationZone={organizationZone} />
              <RulesSection editor={editor} />
            </Stack>
          </Paper>
          <PreviewPanel previewed={settled} schedule={schedule} isPaused={control.isPaused} isOutdated={isOutdated} change={editor.change} />
        </div>
        {isUnsaved && (
          <SaveBar
            editor={editor}
            presets={presets}
            nextRun={nextRunChange(schedule, control.isPaused, editor.draft, known)}
            onSave={save}
            onDiscard={discard}
            onGoTo={goTo}
          />
        )}
      </form>
      <RunHistory />
    </Stack>
  );
}
