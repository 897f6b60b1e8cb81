"use client";
import { Anchor, Stack, Text } from "@mantine/core";
import type { RunSummary } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { Count } from "@/ui/display/count";
import { StackedCell, StackedRow, StackedRowHead } from "@/ui/display/stacked-table";
import { AppLink } from "@/ui/shell/app-link";
import { GoneBadge } from "./gone-badge";
import { DurationCell, NewItems, RunTimes, SourceCounts } from "./run-cells";
import { RunMenu } from "./run-menu";
import { RunNote } from "./run-note";
import { RunStatusBadge } from "./run-status-badge";
import classes from "./run-table.module.css";
import { startedBy } from "./run-words";
import { UnusualZeroBadge } from "./unusual-zero-badge";

interface RunRowProps {
  run: RunSummary;
  timeZone: string;
  canEdit: boolean;
  /** Of the runs shown: what the bar of its duration compares with. */
  longestMs: number;
}

/** One run of the list. Its number alone is a link, so that the rest can be selected as text. */
export function RunRow({ run, timeZone, canEdit, longestMs }: RunRowProps) {
  return (
    <StackedRow className={classes.run}>
      <StackedRowHead area="run">
        <RunLink run={run} />
      </StackedRowHead>
      <StackedCell area="status">
        <Stack gap={4} align="flex-start">
          <RunStatusBadge status={run.status} cancelling={isActive(run.status) && run.cancelRequestedAt !== null} />
          <UnusualZeroBadge run={run} />
          <GoneBadge count={run.goneCount} />
          <RunNote run={run} timeZone={timeZone} />
        </Stack>
      </StackedCell>
      <StackedCell area="by" label="Started by">
        {startedBy(run)}
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {run.presetName}
        </Text>
      </StackedCell>
      <StackedCell area="times">
        <RunTimes run={run} timeZone={timeZone} />
      </StackedCell>
      <StackedCell area="duration" label="Duration">
        <DurationCell run={run} longestMs={longestMs} />
      </StackedCell>
      <StackedCell area="sources" label="Sources">
        <SourceCounts run={run} />
      </StackedCell>
      <StackedCell area="new" label="New" numeric>
        <NewItems run={run} />
      </StackedCell>
      <StackedCell area="changed" label="Changed" numeric>
        <Count count={run.changedCount} />
      </StackedCell>
      <StackedCell area="unchanged" label="Unchanged" numeric>
        <Count count={run.unchangedCount} />
      </StackedCell>
      <StackedCell area="actions">
        <RunMenu run={run} canEdit={canEdit} />
      </StackedCell>
    </StackedRow>
  );
}

function RunLink({ run }: { run: RunSummary }) {
  return (
    <Anchor
      component={AppLink}
      href={`/runs/${run.id}`}
      prefetch={false}
      inherit
      underline="always"
      display="inline-block"
      py={4}
      style={{ whiteSpace: "nowrap" }}
    >
      Run {run.number}
    </Anchor>
  );
}
