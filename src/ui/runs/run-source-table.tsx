"use client";
import { Stack, Table, Text } from "@mantine/core";
import type { RunDetail, RunSource } from "@/domain/run";
import { CountCell, DataTable, NoValue, TableHead } from "@/ui/display/data-table";
import { formatBytes } from "@/ui/display/format-bytes";
import { useNow } from "@/ui/time/now";
import { RunDuration } from "./run-duration";
import { sortRunSources } from "./run-progress";
import { RunSourceStatusBadge } from "./run-status-badge";
import { hostOf } from "./run-words";
import { attemptWords, isWaiting, retryWords } from "./source-attempts";

const COLUMNS = ["Source", "Status", "HTTP", "Duration", "New", "Changed", "Unchanged", "Size"];
const NUMERIC = ["HTTP", "Duration", "New", "Changed", "Unchanged", "Size"];

/** What became of each source of a run, failing ones first. */
export function RunSourceTable({ run }: { run: RunDetail }) {
  if (run.sources.length === 0) return <Text c="dimmed">This run has no sources.</Text>;
  return (
    <DataTable caption="Sources of this run, failing first." minWidth={760}>
      <TableHead columns={COLUMNS} numeric={NUMERIC} />
      <Table.Tbody>
        {sortRunSources(run.sources).map((source) => (
          <RunSourceRow key={source.id} source={source} />
        ))}
      </Table.Tbody>
    </DataTable>
  );
}

function RunSourceRow({ source }: { source: RunSource }) {
  const attempts = attemptWords(source);
  return (
    <Table.Tr>
      <Table.Th scope="row" maw={360}>
        <Stack gap={0}>
          {source.name}
          <Text size="sm" c="dimmed">
            {hostOf(source.url)}
          </Text>
          <SourceMessage source={source} />
        </Stack>
      </Table.Th>
      <Table.Td>
        <RunSourceStatusBadge status={source.status} waiting={isWaiting(source)} />
        {attempts && (
          <Text size="sm" c="dimmed">
            {attempts}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right">{source.httpStatus ?? <NoValue />}</Table.Td>
      <Table.Td ta="right">
        <RunDuration of={source} />
      </Table.Td>
      <CountCell count={source.newCount} />
      <CountCell count={source.changedCount} />
      <CountCell count={source.unchangedCount} />
      <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
        {source.wireBytes === null ? <NoValue /> : formatBytes(source.wireBytes)}
      </Table.Td>
    </Table.Tr>
  );
}

function SourceMessage({ source }: { source: RunSource }) {
  if (!source.message && !isWaiting(source)) return null;
  return (
    <Text size="sm" style={{ overflowWrap: "anywhere" }}>
      {source.message} {isWaiting(source) && <RetryCountdown source={source} />}
    </Text>
  );
}

/** Ticks, so it stands apart: the rest of the row need not be drawn each second. */
function RetryCountdown({ source }: { source: RunSource }) {
  return <>{retryWords(source, useNow())}</>;
}
