"use client";
import { Button } from "@mantine/core";
import { IconPlayerPlay, IconRefresh } from "@tabler/icons-react";
import type { RunSummary } from "@/domain/run";
import { RunNowButton } from "@/ui/runs/run-now-button";
import { sayQueued, useStartRun } from "@/ui/runs/use-start-run";
import { AppLink } from "@/ui/shell/app-link";

/**
 * Starts the stored schedule's preset and stays here, so that unsaved changes survive. Where no preset is stored it goes to the run, and
 * asks first. While a run is going it leads there instead.
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
  const { start, isPending } = useStartRun({ onStarted: sayQueued });
  return (
    <Button variant="default" leftSection={<IconPlayerPlay size={16} aria-hidden />} loading={isPending} onClick={() => start(presetId)}>
      Run now
    </Button>
  );
}

function progressLabel({ status, doneSourceCount, sourceCount }: RunSummary): string {
  if (status === "queued" || sourceCount === 0) return "Run in progress";
  return `Run in progress, ${Math.floor((doneSourceCount / sourceCount) * 100)} %`;
}
