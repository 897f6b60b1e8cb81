"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { systemClock } from "@/domain/clock";
import type { CronErrorField } from "@/domain/cron-expression";
import type { Schedule, ScheduleUpdate } from "@/domain/schedule";
import { notify } from "@/ui/display/notify";
import { appErrorOf, type FieldError, fieldErrorsOf } from "@/ui/error-message";
import { usePreferences } from "@/ui/time/preferences";
import { useViewerZone } from "@/ui/time/viewer-zone";
import { useTRPC } from "@/ui/trpc/client";
import type { DraftErrors } from "./schedule-draft";
import { savedSentence } from "./schedule-words";

interface SaveWatch {
  onSaved: (saved: Schedule) => void;
  onRefused: () => void;
  /** Whether a save over what is stored now would take something back that the person has not seen. */
  isConflict: (stored: Schedule | null) => boolean;
}

/** Saves the schedule and says what that led to. What the server refuses is given back by field, the rest as a failure. */
export function useSaveSchedule({ onSaved, onRefused, isConflict }: SaveWatch) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const viewerZone = useViewerZone();
  const { clockStyle } = usePreferences();
  const { mutate, isPending, error, reset } = useMutation(
    trpc.schedule.update.mutationOptions({
      onSuccess: (schedule) => {
        queryClient.setQueryData(trpc.schedule.get.queryKey(), schedule);
        notify({ message: savedSentence(schedule, viewerZone, systemClock.now(), clockStyle) });
        onSaved(schedule);
      },
      onError: (refusal, update) => {
        if (fieldErrorsOf(refusal).length > 0) onRefused();
        return isStale(refusal) ? saveOverPause(update) : undefined;
      },
    }),
  );

  /** Saves once more where only what has no field here was changed; else the page shows the other person's change next to this one's. */
  async function saveOverPause(update: ScheduleUpdate) {
    await queryClient.invalidateQueries(trpc.schedule.get.queryFilter());
    const stored = queryClient.getQueryData(trpc.schedule.get.queryKey());
    // Where the newest could not be read it is the version that was refused.
    if (stored && stored.version !== update.version && !isConflict(stored)) mutate({ ...update, version: stored.version });
  }

  const refused = error ? draftErrors(fieldErrorsOf(error)) : {};
  const failure = error && Object.keys(refused).length === 0 ? error : null;
  return { save: mutate, isPending, refused, failure, isStale: isStale(error), reset };
}

const isStale = (error: unknown) => appErrorOf(error)?.code === "version_conflict";

function draftErrors(fields: readonly FieldError[]): DraftErrors {
  const errors: DraftErrors = {};
  for (const { path, message, cronField } of fields) {
    if (path === "cronExpression") errors.cronExpression ??= { message, field: (cronField as CronErrorField | undefined) ?? "expression" };
    if (path === "timeZone" || path === "presetId") errors[path] ??= message;
    if (path === "runLimitMs") errors.runLimitMinutes ??= message;
  }
  return errors;
}
