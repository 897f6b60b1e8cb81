"use client";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { systemClock } from "@/domain/clock";
import type { CronErrorField } from "@/domain/cron-expression";
import { appErrorOf, type FieldError, fieldErrorsOf } from "@/ui/error-message";
import { usePreferences } from "@/ui/time/preferences";
import { useViewerZone } from "@/ui/time/viewer-zone";
import { useTRPC } from "@/ui/trpc/client";
import type { DraftErrors } from "./schedule-draft";
import { savedSentence } from "./schedule-words";

/** Saves the schedule and says what that led to. What the server refuses is given back by field, the rest as a failure. */
export function useSaveSchedule({ onSaved, onRefused }: { onSaved: () => void; onRefused: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const viewerZone = useViewerZone();
  const { clockStyle } = usePreferences();
  const { mutate, isPending, error, reset } = useMutation(
    trpc.schedule.update.mutationOptions({
      onSuccess: (schedule) => {
        queryClient.setQueryData(trpc.schedule.get.queryKey(), schedule);
        notifications.show({ message: savedSentence(schedule, viewerZone, systemClock.now(), clockStyle) });
        onSaved();
      },
      onError: (refusal) => {
        // The page then shows the other person's change next to this one's.
        if (appErrorOf(refusal)?.code === "version_conflict") void queryClient.invalidateQueries(trpc.schedule.get.queryFilter());
        if (fieldErrorsOf(refusal).length > 0) onRefused();
      },
    }),
  );
  const refused = error ? draftErrors(fieldErrorsOf(error)) : {};
  const isConflict = appErrorOf(error)?.code === "version_conflict";
  const failure = error && !isConflict && Object.keys(refused).length === 0 ? error : null;
  return { save: mutate, isPending, refused, failure, reset };
}

function draftErrors(fields: readonly FieldError[]): DraftErrors {
  const errors: DraftErrors = {};
  for (const { path, message, cronField } of fields) {
    if (path === "cronExpression") errors.cronExpression ??= { message, field: (cronField as CronErrorField | undefined) ?? "expression" };
    if (path === "timeZone" || path === "presetId") errors[path] ??= message;
    if (path === "runLimitMs") errors.runLimitMinutes ??= message;
  }
  return errors;
}
