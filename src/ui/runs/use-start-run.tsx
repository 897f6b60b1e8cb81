"use client";
import { Anchor } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { notify } from "@/ui/display/notify";
import { useOneClick } from "@/ui/display/use-one-click";
import { appErrorOf, errorMessage, isRefusal } from "@/ui/error-message";
import { AppLink } from "@/ui/shell/app-link";
import { notePlace } from "@/ui/shell/place";
import { useGo } from "@/ui/shell/use-go";
import { useTRPC } from "@/ui/trpc/client";
import { createRequestKey } from "./request-key";

/**
 * Starts a run. `start` without a preset runs the schedule's. A run that is going already is named, with its link.
 * @param onStarted instead of going to the run, which asks first where there are unsaved changes
 */
export function useStartRun({ onStarted }: { onStarted?: (run: StartedRun) => void } = {}) {
  const trpc = useTRPC();
  const { isGoing, ...outcome } = useOutcome("The run was not started", onStarted);
  const { mutate, isPending } = useMutation(trpc.run.start.mutationOptions(outcome));
  const once = useOneClick(isPending || isGoing);
  return { start: (presetId?: string) => once(() => mutate({ requestKey: createRequestKey(), presetId })), isPending: isPending || isGoing };
}

/** Starts a run of another run's failed sources and goes to it. Refusals show as those of `useStartRun` do. */
export function useRetryFailed() {
  const trpc = useTRPC();
  const { isGoing, ...outcome } = useOutcome("The retry was not started");
  const { mutate, isPending } = useMutation(trpc.run.retryFailed.mutationOptions(outcome));
  const once = useOneClick(isPending || isGoing);
  return { retryFailed: (runId: string) => once(() => mutate({ requestKey: createRequestKey(), runId })), isPending: isPending || isGoing };
}

/** Starts a run of these sources alone and goes to it. Refusals show as those of `useStartRun` do. */
export function useCollectSources() {
  const trpc = useTRPC();
  const { isGoing, ...outcome } = useOutcome("The run was not started");
  const { mutate, isPending } = useMutation(trpc.run.startSources.mutationOptions(outcome));
  const once = useOneClick(isPending || isGoing);
  return { collect: (sourceIds: string[]) => once(() => mutate({ requestKey: createRequestKey(), sourceIds })), isPending: isPending || isGoing };
}

interface StartedRun {
  runId: string;
  number: number;
}

/** What follows a click that asks for a run: its page, for who is still where they clicked. */
function useOutcome(failureTitle: string, onStarted?: (run: StartedRun) => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { go, isGoing } = useGo();
  return {
    isGoing,
    // The key makes a repeated request the same click, so a lost answer may be asked for again.
    retry: (failures: number, error: unknown) => failures < 2 && !isRefusal(error),
    onMutate: notePlace,
    onSuccess: async (run: StartedRun, _asked: unknown, isStillHere: () => boolean) => {
      if (onStarted) return onStarted(run);
      if (!isStillHere()) return notify({ message: <QueuedElsewhere run={run} /> });
      // Until it goes it is pending, so that no moment is left for a second click.
      if (!(await go(`/runs/${run.runId}`))) sayQueued(run);
    },
    onError: (error: unknown) => notify({ color: "red", title: failureTitle, message: <StartFailure error={error} /> }),
    // After a refusal too: the run that is in the way then shows, and until it does no other click counts. The page of a retried run names
    // its retries.
    onSettled: () => queryClient.invalidateQueries(trpc.run.pathFilter()),
  };
}

/** For who stays where they are. */
export function sayQueued(run: StartedRun): void {
  notify({ message: queuedWords(run) });
}

const queuedWords = ({ number }: StartedRun): string => `Run ${number} is queued.`;

/** For who has left where they asked for it. */
function QueuedElsewhere({ run }: { run: StartedRun }) {
  return (
    <>
      {queuedWords(run)} <RunLink runId={run.runId} />
    </>
  );
}

function StartFailure({ error }: { error: unknown }) {
  const runId = appErrorOf(error)?.details.runId;
  return (
    <>
      {errorMessage(error)} {runId && <RunLink runId={runId} />}
    </>
  );
}

function RunLink({ runId }: { runId: string }) {
  return (
    <Anchor component={AppLink} href={`/runs/${runId}`} inherit underline="always">
      Open that run
    </Anchor>
  );
}
