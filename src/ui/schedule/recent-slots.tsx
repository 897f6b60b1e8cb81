"use client";
import { Anchor, Stack, Text, Title } from "@mantine/core";
import type { RunSummary } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { timeZoneName } from "@/domain/time-zone";
import { RunStatusBadge } from "@/ui/runs/run-status-badge";
import { AppLink } from "@/ui/shell/app-link";
import { useNow } from "@/ui/time/now";
import { formatDayAndClock } from "@/ui/time/zoned-time";
import classes from "./recent-slots.module.css";

const MINUTE_MS = 60_000;

interface RecentSlotsProps {
  /** Newest first. */
  runs: readonly RunSummary[];
  timeZone: string;
}

/** The last runs and what became of them, the slots that were missed or skipped included. */
export function RecentSlots({ runs, timeZone }: RecentSlotsProps) {
  return (
    <Stack gap="sm" component="section" aria-labelledby="recent-title">
      <div>
        <Title order={2} size="h4" id="recent-title">
          Recent slots
        </Title>
        <Text size="sm" c="dimmed">
          {runs.length === 0
            ? "Nothing has run yet. What runs, is skipped or is missed shows here."
            : `${runs.length === 1 ? "The last run" : `The last ${runs.length} runs, newest first`}, in ${timeZoneName(timeZone)}. `}
          {runs.length > 0 && (
            <Anchor component={AppLink} href="/runs" size="sm" underline="always" py={4}>
              All runs
            </Anchor>
          )}
        </Text>
      </div>
      {runs.length > 0 && (
        <ol className={classes.strip}>
          {runs.map((run) => (
            <RecentSlot key={run.id} run={run} timeZone={timeZone} />
          ))}
        </ol>
      )}
    </Stack>
  );
}

function RecentSlot({ run, timeZone }: { run: RunSummary; timeZone: string }) {
  const now = useNow(MINUTE_MS);
  const at = run.slotAt ?? run.queuedAt;
  return (
    <li>
      <AppLink href={`/runs/${run.id}`} className={classes.slot}>
        <RunStatusBadge status={run.status} cancelling={run.cancelRequestedAt !== null && run.finishedAt === null} />
        <time dateTime={at.toISOString()} className={classes.time}>
          {formatDayAndClock(at, timeZone, now)}
        </time>
        <span className={classes.outcome}>{outcomeWords(run)}</span>
      </AppLink>
    </li>
  );
}

function outcomeWords(run: RunSummary): string {
  if (run.status === "missed") return run.missedCount === 1 ? "1 slot" : `${run.missedCount} slots`;
  if (run.status === "skipped" && run.blockingRunId === null) return "Left out";
  if (run.status === "skipped") return run.blockingRunNumber === null ? "A run was going" : `Run ${run.blockingRunNumber} was going`;
  if (isActive(run.status)) return `${run.doneSourceCount} of ${run.sourceCount} sources`;
  return run.newCount === 1 ? "1 new item" : `${run.newCount} new items`;
}
