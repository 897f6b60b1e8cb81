"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { systemClock } from "@/domain/clock";
import type { SchedulePause } from "@/domain/pause";
import type { Schedule } from "@/domain/schedule";
import { notify } from "@/ui/display/notify";
import { errorMessage } from "@/ui/error-message";
import { usePreferences } from "@/ui/time/preferences";
import { useViewerZone } from "@/ui/time/viewer-zone";
import { useTRPC } from "@/ui/trpc/client";
import { pausedSentence, resumedSentence } from "./schedule-words";
import { usePaused } from "./use-paused";

/** What a person may do with a schedule that is on, besides changing it. */
export interface ScheduleControl {
  isPaused: boolean;
  /** The server is asked for something. */
  isPending: boolean;
  /** The pause dialog is open. */
  isAsking: boolean;
  ask: () => void;
  close: () => void;
  pause: (pause: SchedulePause) => void;
  /** Why the pause was refused. */
  pauseError: unknown;
  forgetPauseError: () => void;
  resume: () => void;
  skipNext: () => void;
  undoSkip: () => void;
}

/** Pauses, resumes, leaves out the next run. Nothing shows before the server has said yes; a refusal shows why, and what is stored now. */
export function useScheduleControl(schedule: Schedule | null): ScheduleControl {
  const [isAsking, setAsking] = useState(false);
  const { pause, resume, skipNext, unskip } = useControlMutations(() => setAsking(false));
  const version = schedule?.version ?? 0;
  const nextRunAt = schedule?.nextRunAt;
  return {
    isPaused: usePaused(schedule),
    isPending: [pause, resume, skipNext, unskip].some((mutation) => mutation.isPending),
    isAsking,
    ask: () => setAsking(true),
    close: () => {
      setAsking(false);
      pause.reset();
    },
    pause: pause.mutate,
    pauseError: pause.error,
    forgetPauseError: pause.reset,
    resume: () => resume.mutate({ version }),
    skipNext: () => nextRunAt && skipNext.mutate({ version, slotAt: nextRunAt }),
    undoSkip: () => unskip.mutate({ version }),
  };
}

function useControlMutations(onPaused: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const viewerZone = useViewerZone();
  const { clockStyle } = usePreferences();

  const store = (saved: Schedule) => void queryClient.setQueryData(trpc.schedule.get.queryKey(), saved);
  const showStored = () => void queryClient.invalidateQueries(trpc.schedule.get.queryFilter());
  const refuse = (title: string) => (error: unknown) => {
    showStored();
    notify({ color: "red", title, message: errorMessage(error) });
  };

  const { pause, resume, skipNext, unskip } = trpc.schedule;
  return {
    pause: useMutation(
      pause.mutationOptions({
        onSuccess: (saved) => {
          store(saved);
          onPaused();
          notify({ message: pausedSentence(saved, viewerZone, systemClock.now(), clockStyle) });
        },
        onError: showStored,
      }),
    ),
    resume: useMutation(
      resume.mutationOptions({
        onSuccess: (saved) => {
          store(saved);
          notify({ message: resumedSentence(saved, viewerZone, systemClock.now(), clockStyle) });
        },
        onError: refuse("The schedule is still paused"),
      }),
    ),
    skipNext: useMutation(skipNext.mutationOptions({ onSuccess: store, onError: refuse("No run was left out") })),
    unskip: useMutation(unskip.mutationOptions({ onSuccess: store, onError: refuse("The run is still left out") })),
  };
}
