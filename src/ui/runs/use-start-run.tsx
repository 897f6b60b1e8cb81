"use client";
import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { appErrorOf, errorMessage } from "@/ui/error-message";
import { AppLink } from "@/ui/shell/app-link";
import { useTRPC } from "@/ui/trpc/client";
import { createRequestKey } from "./request-key";

/** Starts a run and goes to it. `start` without a preset runs the schedule's. A run that is going already is named, with its link. */
export function useStartRun() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { mutate, isPending } = useMutation(
    trpc.run.start.mutationOptions({
      onSuccess: ({ runId }) => {
        void queryClient.invalidateQueries(trpc.run.list.pathFilter());
        router.push(`/runs/${runId}`);
      },
      onError: (error) => notifications.show({ color: "red", title: "The run was not started", message: <StartFailure error={error} /> }),
    }),
  );
  return { start: (presetId?: string) => mutate({ requestKey: createRequestKey(), presetId }), isPending };
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
