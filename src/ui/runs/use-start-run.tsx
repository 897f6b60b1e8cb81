"use client";
import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { appErrorOf, errorMessage, isRefusal } from "@/ui/error-message";
import { AppLink } from "@/ui/shell/app-link";
import { useTRPC } from "@/ui/trpc/client";
import { createRequestKey } from "./request-key";

/** Starts a run and goes to it. `start` without a preset runs the schedule's. A run that is going already is named, with its link. */
export function useStartRun() {
  const trpc = useTRPC();
  const { mutate, isPending } = useMutation(trpc.run.start.mutationOptions(useOutcome("The run was not started")));
  return { start: (presetId?: string) => mutate({ requestKey: createRequestKey(), presetId }), isPending };
}

/** Starts a run of another run's failed sources and goes to it. Refusals show as those of `useStartRun` do. */
export function useRetryFailed() {
  const trpc = useTRPC();
  const { mutate, isPending } = useMutation(trpc.run.retryFailed.mutationOptions(useOutcome("The retry was not started")));
  return { retryFailed: (runId: string) => mutate({ requestKey: createRequestKey(), runId }), isPending };
}

/** What follows a click that asks for a run. */
function useOutcome(failureTitle: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  return {
    // The key makes a repeated request the same click, so a lost answer may be asked for again.
    retry: (failures: number, error: unknown) => failures < 2 && !isRefusal(error),
    onSuccess: ({ runId }: { runId: string }) => router.push(`/runs/${runId}`),
    onError: (error: unknown) => notifications.show({ color: "red", title: failureTitle, message: <StartFailure error={error} /> }),
    // After a refusal too: the run that is in the way then shows. The page of a retried run names its retries.
    onSettled: () => void queryClient.invalidateQueries(trpc.run.pathFilter()),
  };
}

function StartFailure({ error }: { error: unknown }) {
  const runId = appErrorOf(error)?.details.runId;
  return (
    <>
      {errorMessage(error)}{" "}
      {runId && (
        <Anchor component={AppLink} href={`/runs/${runId}`} inherit underline="always">
          Open that run
        </Anchor>
      )}
    </>
  );
}
