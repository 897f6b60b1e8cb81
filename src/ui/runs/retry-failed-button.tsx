"use client";
import { Button } from "@mantine/core";
import { IconRotateClockwise } from "@tabler/icons-react";
import type { RunSummary } from "@/domain/run";
import { retryLabel } from "./run-words";
import { useRetryFailed } from "./use-start-run";

/** "Retry failed sources (5)": collects these alone, as they are now, in a run of their own. Nothing where there is nothing to retry. */
export function RetryFailedButton({ run }: { run: RunSummary }) {
  const { retryFailed, isPending } = useRetryFailed();
  const label = retryLabel(run);
  if (label === null) return null;
  return (
    <Button variant="default" leftSection={<IconRotateClockwise size={16} aria-hidden />} loading={isPending} onClick={() => retryFailed(run.id)}>
      {label}
    </Button>
  );
}
