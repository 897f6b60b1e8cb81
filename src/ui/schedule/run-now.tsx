"use client";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPlayerPlay, IconRefresh } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RunSummary } from "@/domain/run";
import { errorMessage, isRefusal } from "@/ui/error-message";
import { createRequestKey } from "@/ui/runs/request-key";
import { RunNowButton } from "@/ui/runs/run-now-button";
import { AppLink } from "@/ui/shell/app-link";
import { useTRPC } from "@/ui/trpc/client";

/**
 * Starts the stored schedule's preset and stays here, so that unsaved changes survive. While a run is going it leads there instead.
 */
export function RunNow({ presetId, activeRun }: { presetId: string | null; activeRun: RunSummary | undefined }) {
  if (activeRun) {
    return (
      <Button component={AppLink} href={`/runs/${activeRun.id}`} variant="default" leftSection={<IconRefresh size={16} aria-hidden />}>
        {progressLabel(activeRun)}
      </Button>
    );
  }
  return presetId === null ? <RunNowButton /> : <StartButton presetId={presetId} />;
}

function StartButton({ presetId }: { presetId: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.run.start.mutationOptions({
      // The key makes a repeated request the same click, so a lost answer may be asked for again.
      retry: (failures, error) => failures < 2 && !isRefusal(error),
      onSuccess: ({ number }) => notifications.show({ message: `Run ${number} is queued.` }),
      onError: (error) => notifications.show({ color: "red", title: "The run was not started", message: errorMessage(error) }),
      // After a refusal too: the run that is in the way then shows.
      onSettled: () => queryClient.invalidateQueries(trpc.run.list.pathFilter()),
    }),
  );
  return (
    <Button
      variant="default"
      leftSection={<IconPlayerPlay size={16} aria-hidden />}
      loading={isPending}
      onClick={() => mutate({ requestKey: createRequestKey(), presetId })}
    >
      Run now
    </Button>
  );
}

function progressLabel({ status, doneSourceCount, sourceCount }: RunSummary): string {
  if (status === "queued" || sourceCount === 0) return "Run in progress";
  return `Run in progress, ${Math.floor((doneSourceCount / sourceCount) * 100)} %`;
}
