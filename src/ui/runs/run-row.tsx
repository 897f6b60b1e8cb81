"use client";
import { Anchor, Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { RunSummary } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { Count } from "@/ui/display/data-table";
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
    <Table.Tr role="row" className={classes.run}>
      <Table.Th scope="row" role="rowheader" data-area="run">
        <RunLink run={run} />
      </Table.Th>
      <Cell area="status">
        <Stack gap={4} align="flex-start">
          <RunStatusBadge status={run.status} cancelling={isActive(run.status) && run.cancelRequestedAt !== null} />
          <UnusualZeroBadge run={run} />
          <GoneBadge count={run.goneCount} />
          <RunNote run={run} timeZone={timeZone} />
        </Stack>
      </Cell>
      <Cell area="by" label="Started by">
        {startedBy(run)}
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {run.presetName}
        </Text>
      </Cell>
      <Cell area="times">
        <RunTimes run={run} timeZone={timeZone} />
      </Cell>
      <Cell area="duration" label="Duration">
        <DurationCell run={run} longestMs={longestMs} />
      </Cell>
      <Cell area="sources" label="Sources">
        <SourceCounts run={run} />
      </Cell>
      <Cell area="new" label="New">
        <NewItems run={run} />
      </Cell>
      <Cell area="changed" label="Changed">
        <Count count={run.changedCount} />
      </Cell>
      <Cell area="unchanged" label="Unchanged">
        <Count count={run.unchangedCount} />
      </Cell>
      <Cell area="actions">
        <RunMenu run={run} canEdit={canEdit} />
      </Cell>
    </Table.Tr>
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

interface CellProps {
  /** Its place where the row is stacked. */
  area: string;
  /** Shown there, as the head of the column is not. */
  label?: string;
  children: ReactNode;
}

function Cell({ area, label, children }: CellProps) {
  return (
    <Table.Td role="cell" data-area={area} data-label={label}>
      {children}
    </Table.Td>
  );
}
