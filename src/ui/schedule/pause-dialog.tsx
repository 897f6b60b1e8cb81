"use client";
import { Alert, Button, Group, Modal, Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import type { Schedule } from "@/domain/schedule";
import { timeZoneName } from "@/domain/time-zone";
import { errorMessage } from "@/ui/error-message";
import { Instant } from "@/ui/time/instant";
import { endNote, type PauseDraft } from "./pause-draft";
import { type PauseForm, usePauseForm } from "./use-pause-form";
import type { ScheduleControl } from "./use-schedule-control";

interface PauseDialogProps {
  schedule: Schedule;
  control: ScheduleControl;
}

/** Asks why and until when the schedule shall rest. Also changes a pause that is there. */
export function PauseDialog({ schedule, control }: PauseDialogProps) {
  return (
    <Modal opened={control.isAsking} onClose={control.close} title={control.isPaused ? "Change the pause" : "Pause the schedule"} centered>
      <PauseFields schedule={schedule} control={control} />
    </Modal>
  );
}

function PauseFields({ schedule, control }: PauseDialogProps) {
  const form = usePauseForm(schedule, control);

  function submit(event: FormEvent) {
    event.preventDefault();
    form.submit();
  }

  return (
    <form noValidate onSubmit={submit} ref={form.element}>
      <Stack>
        <Text>While it is paused, no run starts by itself, and none is caught up on afterwards. A run that is going goes on, and Run now still works.</Text>
        <Textarea
          label="Note"
          description="Why it rests, for whoever looks here. You can leave it empty."
          size="md"
          autosize
          minRows={2}
          maxRows={6}
          value={form.draft.note}
          error={form.errors.note}
          onChange={(event) => form.change({ note: event.currentTarget.value })}
          data-autofocus
        />
        <Radio.Group size="md" label="Until" value={form.draft.ends} onChange={(ends) => form.change({ ends: ends as PauseDraft["ends"] })}>
          <Stack gap="xs" mt="xs">
            <Radio size="md" value="by_hand" label="Somebody resumes it" />
            <Radio size="md" value="at_time" label="A date and a time" />
          </Stack>
        </Radio.Group>
        {form.draft.ends === "at_time" && <EndField form={form} timeZone={schedule.timeZone} />}
        {form.failure !== null && (
          <Alert color="red" title="The schedule was not paused" role="alert">
            {errorMessage(form.failure)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={control.close}>
            Cancel
          </Button>
          <Button type="submit" loading={control.isPending}>
            {control.isPaused ? "Change pause" : "Pause schedule"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function EndField({ form, timeZone }: { form: PauseForm; timeZone: string }) {
  const { end, draft } = form;
  const note = end && endNote(end, draft.localTime, timeZone);
  return (
    <div>
      <TextInput
        type="datetime-local"
        label="Resumes at"
        description={`In ${timeZoneName(timeZone)}. A run at exactly this time starts.`}
        size="md"
        min={form.earliest}
        value={draft.localTime}
        error={form.errors.until}
        onChange={(event) => form.change({ localTime: event.currentTarget.value })}
      />
      <Text size="sm" mt={6} role="status">
        {end && !form.errors.until && (
          <>
            Resumes <Instant at={end.at} timeZone={timeZone} />.{note && ` ${note}`}
          </>
        )}
      </Text>
    </div>
  );
}
