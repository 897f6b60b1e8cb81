"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { systemClock } from "@/domain/clock";
import type { ScheduleHistoryEntry } from "@/domain/schedule-history";
import { notify } from "@/ui/display/notify";
import { appErrorOf } from "@/ui/error-message";
import { usePreferences } from "@/ui/time/preferences";
import { useViewerZone } from "@/ui/time/viewer-zone";
import { useTRPC } from "@/ui/trpc/client";
import { savedSentence } from "./schedule-words";

/** Makes what stood in an entry of the history the newest version, and says what that led to. */
export function useRestore(entry: ScheduleHistoryEntry, onRestored: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const viewerZone = useViewerZone();
  const { clockStyle } = usePreferences();
  return useMutation(
    trpc.schedule.restore.mutationOptions({
      onSuccess: (schedule) => {
        queryClient.setQueryData(trpc.schedule.get.queryKey(), schedule);
        notify({ title: `Version ${entry.version} is restored`, message: savedSentence(schedule, viewerZone, systemClock.now(), clockStyle) });
        onRestored();
      },
      onError: (refusal) => {
        // The next try is then about the schedule as it is.
        if (appErrorOf(refusal)?.code !== "version_conflict") return;
        void queryClient.invalidateQueries(trpc.schedule.get.queryFilter());
        void queryClient.invalidateQueries(trpc.schedule.history.pathFilter());
      },
    }),
  );
}
