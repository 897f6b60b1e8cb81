"use client";
import { Anchor, Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { RunSource } from "@/domain/run";
import { formatCount, NoValue } from "@/ui/display/data-table";
import { formatBytes } from "@/ui/display/format-bytes";
import { AppLink } from "@/ui/shell/app-link";
import { GoneBadge } from "./gone-badge";
import classes from "./run-source-table.module.css";
import { RunSourceStatusBadge } from "./run-status-badge";
import { hostOf } from "./run-words";
import { attemptWords } from "./source-attempts";
import { SourceMessage } from "./source-message";
import { SourceTimeline } from "./source-timeline";
import type { TimeAxis } from "./time-axis";

/** One source of a run. */
export function RunSourceRow({ source, axis }: { source: RunSource; axis: TimeAxis | null }) {
  const attempts = attemptWords(source);
  return (
    <Table.Tr role="row" className={classes.row}>
      <Table.Th role="rowheader" scope="row" className={classes.source}>
        <Stack gap={2}>
          <Anchor component={AppLink} href={`/sources/${source.sourceId}`} prefetch={false} inherit c="inherit" underline="hover">
            {source.name}
          </Anchor>
          <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {hostOf(source.url)}
          </Text>
          <SourceMessage source={source} />
        </Stack>
      </Table.Th>
      <Table.Td role="cell" className={classes.status}>
        <Stack gap={4} align="flex-start">
          <RunSourceStatusBadge source={source} />
          <GoneBadge count={source.goneCount} />
        </Stack>
        {attempts && (
          <Text size="sm" c="dimmed" mt={4}>
            {attempts}
          </Text>
        )}
      </Table.Td>
      <NumberCell label="HTTP">{source.httpStatus ?? <NoValue />}</NumberCell>
      <Table.Td role="cell" className={classes.timeline}>
        <SourceTimeline source={source} axis={axis} />
      </Table.Td>
      <CountCell label="New" count={source.newCount} />
      <CountCell label="Changed" count={source.changedCount} />
      <CountCell label="Unchanged" count={source.unchangedCount} />
      <NumberCell label="Size">{source.wireBytes === null ? <NoValue /> : formatBytes(source.wireBytes)}</NumberCell>
    </Table.Tr>
  );
}

/** The label shows where the row is a card, which has no head above it. */
function NumberCell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Table.Td role="cell" className={classes.number} data-label={label}>
      {children}
    </Table.Td>
  );
}

function CountCell({ label, count }: { label: string; count: number }) {
  return (
    <NumberCell label={label}>
      <Text span inherit c={count === 0 ? "dimmed" : undefined}>
        {formatCount(count)}
      </Text>
    </NumberCell>
  );
}
