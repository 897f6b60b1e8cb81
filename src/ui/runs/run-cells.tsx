"use client";
import { Text, VisuallyHidden } from "@mantine/core";
import type { RunSummary } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { Count, formatCount } from "@/ui/display/count";
import { NoValue } from "@/ui/display/no-value";
import { formatDuration } from "@/ui/time/duration";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import { RunBar } from "./run-bar";
import { RunDuration } from "./run-duration";
import { elapsedMs, lagMs } from "./run-words";

/** The slot and, where it differs by more than a minute, the start; the start alone for a run without a slot. */
export function RunTimes({ run, timeZone }: { run: RunSummary; timeZone: string }) {
  if (!run.slotAt) return <Instant at={run.startedAt ?? run.queuedAt} timeZone={timeZone} />;
  const lag = lagMs(run);
  return (
    <>
      <Instant at={run.slotAt} timeZone={timeZone} />
      {lag !== null && run.startedAt && (
        <Text size="sm" c="dimmed">
          Started {formatDuration(lag)} late: <Instant at={run.startedAt} timeZone={timeZone} />
        </Text>
      )}
    </>
  );
}

/** How long the run took, and how that compares with the longest one shown. */
export function DurationCell({ run, longestMs }: { run: RunSummary; longestMs: number }) {
  const now = useNow(run.startedAt && !run.finishedAt ? 1_000 : 3_600_000);
  const ms = elapsedMs(run, now);
  return (
    <>
      <RunDuration of={run} />
      {ms !== null && longestMs > 0 && <RunBar share={ms / longestMs} />}
    </>
  );
}

/** How many sources there were, or have been collected; and how many of them failed. */
export function SourceCounts({ run }: { run: RunSummary }) {
  if (run.sourceCount === 0) return <NoValue />;
  return (
    <>
      <span style={{ whiteSpace: "nowrap" }}>{isActive(run.status) ? `${run.doneSourceCount} of ${run.sourceCount} done` : sourcesWords(run)}</span>
      {run.failedSourceCount > 0 && (
        <Text size="sm" fw={600} c="var(--mantine-color-error)">
          {run.failedSourceCount} failed
        </Text>
      )}
    </>
  );
}

function sourcesWords({ sourceCount, failedSourceCount }: RunSummary): string {
  if (failedSourceCount > 0) return `${sourceCount - failedSourceCount} of ${sourceCount} ok`;
  return sourceCount === 1 ? "1 source" : `${sourceCount} sources`;
}

/** The new items and, where earlier runs tell, how that compares with what is usual: the mark in the middle. */
export function NewItems({ run }: { run: RunSummary }) {
  const { newCount, usualNewCount, isUnusuallyEmpty } = run;
  return (
    <>
      <Count count={newCount} />
      {usualNewCount !== null && <VisuallyHidden>, usually {formatCount(usualNewCount)}</VisuallyHidden>}
      {usualNewCount !== null && usualNewCount > 0 && <RunBar share={newCount / (2 * usualNewCount)} mark={0.5} warns={isUnusuallyEmpty} />}
    </>
  );
}
