"use client";
import { Alert, Paper, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBulb } from "@tabler/icons-react";
import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { RunHistory } from "@/ui/run-history/run-history";
import { useLeaveGuard } from "@/ui/shell/leave-guard";
import { TYPING_PAUSE_MS } from "./cron-field";
import { failingRange } from "./cron-segments";
import { EnabledSwitch } from "./enabled-switch";
import { NextRuns } from "./next-runs";
import { PREVIEW_COUNT } from "./page-counts";
import { PauseDialog } from "./pause-dialog";
import { previewInput } from "./preview-input";
import { RulesSection } from "./rules-section";
import { RunNow } from "./run-now";
import { SaveBar } from "./save-bar";
import { proposeDraft } from "./schedule-draft";
import classes from "./schedule-form.module.css";
import { ScheduleMenu } from "./schedule-menu";
import { nextRunsLead } from "./schedule-words";
import { StatusStrip } from "./status-strip";
import { usePreview } from "./use-preview";
import { useScheduleControl } from "./use-schedule-control";
import type { ScheduleData } from "./use-schedule-data";
import { type SaveOptions, type ScheduleEditor, useScheduleEditor } from "./use-schedule-editor";
import { WhatSection } from "./what-section";
import { WhenSection } from "./when-section";

/** The schedule, to be changed. `onLeave` ends the setting up of a first one. */
export function ScheduleForm({ data, onLeave }: { data: ScheduleData; onLeave: () => void }) {
  const { schedule, presets, runs, activeRun, organizationZone } = data;
  const cronInput = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const editor = useScheduleEditor(schedule, proposeDraft(organizationZone, presets.length === 1 ? (presets[0]?.id ?? null) : null));
  const [count, setCount] = useState(PREVIEW_COUNT);
  const [settled] = useDebouncedValue(editor.draft, TYPING_PAUSE_MS);
  const control = useScheduleControl(schedule, editor.acceptVersion);
  const preview = usePreview(previewInput(settled, schedule, control.isPaused, count));
  const isOutdated = (["cronExpression", "timeZone", "spreadMs"] as const).some((name) => settled[name] !== editor.draft[name]);
  useLeaveGuard(editor.isEdited);
  useFocusOnRefusal(editor, form, cronInput);

  function save(options?: SaveOptions) {
    if (!editor.isSaving) editor.save(options);
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
        lastRun={runs[0]}
        control={control}
        controls={
          <>
            {schedule && <EnabledSwitch schedule={schedule} onVersion={editor.acceptVersion} />}
            <RunNow presetId={schedule?.presetId ?? null} activeRun={activeRun} />
            {schedule && <ScheduleMenu schedule={schedule} presets={presets} editor={editor} control={control} onRemoved={onLeave} />}
          </>
        }
      />
      {schedule && <PauseDialog schedule={schedule} control={control} />}
      {!schedule && (
        <Alert color="route" icon={<IconBulb aria-hidden />}>
          This is a proposal. Change what you like: nothing is stored until you save.
        </Alert>
      )}
      <form ref={form} noValidate onSubmit={submit} className={classes.form}>
        <div className={classes.columns}>
          <Paper withBorder p={{ base: "md", sm: "lg" }} radius="lg">
            <Stack gap="xl">
              <WhatSection editor={editor} presets={presets} />
              <WhenSection
                editor={editor}
                cronInput={cronInput}
                preview={isOutdated || preview.isPlaceholderData ? undefined : preview.data}
                organizationZone={organizationZone}
              />
              <RulesSection editor={editor} />
            </Stack>
          </Paper>
          <Paper withBorder p={{ base: "md", sm: "lg" }} radius="lg" className={classes.preview}>
            <NextRuns
              preview={preview}
              timeZone={settled.timeZone}
              isOutdated={isOutdated}
              lead={nextRunsLead(schedule, control.isPaused)}
              skipSlotAt={schedule?.skipSlotAt ?? null}
              count={count}
              onCount={setCount}
            />
          </Paper>
        </div>
        <SaveBar editor={editor} presets={presets} onSave={save} onDiscard={() => (schedule ? editor.discard() : onLeave())} />
      </form>
      <RunHistory />
    </Stack>
  );
}

/** Leads to the first failing field when errors stopped a save; in the expression, the caret marks the failing part. */
function useFocusOnRefusal(
  { refusals, errors, draft }: ScheduleEditor,
  form: RefObject<HTMLFormElement | null>,
  cronInput: RefObject<HTMLInputElement | null>,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a stopped save moves the focus, not what changes afterwards
  useEffect(() => {
    if (refusals === 0) return;
    const first = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    first?.focus();
    if (first === cronInput.current && errors.cronExpression)
      cronInput.current?.setSelectionRange(...failingRange(draft.cronExpression, errors.cronExpression.field));
  }, [refusals]);
}
