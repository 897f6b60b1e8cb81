"use client";
import { Anchor, Stack, Table, Text } from "@mantine/core";
import type { RunSummary } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { timeZoneCity } from "@/domain/time-zone";
import { CountCell, DataTable, NoValue, TableHead } from "@/ui/display/data-table";
import { AppLink } from "@/ui/shell/app-link";
import { formatDuration } from "@/ui/time/duration";
import { Instant } from "@/ui/time/instant";
import { RunDuration } from "./run-duration";
import { RunMenu } from "./run-menu";
import { RunNote } from "./run-note";
import { RunStatusBadge } from "./run-status-badge";
import { lagMs, startedBy } from "./run-words";

const COLUMNS = ["Run", "Status", "Started by", "Scheduled, started", "Duration", "Sources", "New", "Changed", "Unchanged"];
const NUMERIC = ["New", "Changed", "Unchanged"];

interface RunTableProps {
  runs: readonly RunSummary[];
  timeZone: string;
  /** Rows then have a menu. */
  canEdit: boolean;
}

/** The ledger as a table: every slot and every manual run has its row, also those that never ran. */
export function RunTable({ runs, timeZone, canEdit }: RunTableProps) {
  return (
    <DataTable caption={`Runs, newest first. Times are ${timeZoneCity(timeZone)} time.`} minWidth={canEdit ? 960 : 900}>
      <TableHead columns={canEdit ? [...COLUMNS, "Actions"] : COLUMNS} numeric={NUMERIC} />
      <Table.Tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} timeZone={timeZone} canEdit={canEdit} />
        ))}
      </Table.Tbody>
    </DataTable>
  );
}

function RunRow({ run, timeZone, canEdit }: Omit<RunTableProps, "runs"> & { run: RunSummary }) {
  return (
    <Table.Tr>
      <Table.Th scope="row">
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
      </Table.Th>
      <Table.Td>
        <Stack gap={4} align="flex-start">
          <RunStatusBadge status={run.status} cancelling={isActive(run.status) && run.cancelRequestedAt !== null} />
          <RunNote run={run} timeZone={timeZone} />
        </Stack>
      </Table.Td>
      <Table.Td>{startedBy(run)}</Table.Td>
      <Table.Td>
        <RunTimes run={run} timeZone={timeZone} />
      </Table.Td>
      <Table.Td>
        <RunDuration of={run} />
      </Table.Td>
      <Table.Td>
        <SourceCounts run={run} />
      </Table.Td>
      <CountCell count={run.newCount} />
      <CountCell count={run.changedCount} />
      <CountCell count={run.unchangedCount} />
      {canEdit && <Table.Td>{isActive(run.status) ? <NoValue /> : <RunMenu run={run} />}</Table.Td>}
    </Table.Tr>
  );
}

/** The slot and, where it differs by more than a minute, the start; the start alone for a run without a slot. */
function RunTimes({ run, timeZone }: { run: RunSummary; timeZone: string }) {
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

function SourceCounts({ run }: { run: RunSummary }) {
  if (run.sourceCount === 0) return <NoValue />;
  return (
    <>
      <span style={{ whiteSpace: "nowrap" }}>{isActive(run.status) ? `${run.doneSourceCount} of ${run.sourceCount} done` : sourcesWords(run.sourceCount)}</span>
      {run.failedSourceCount > 0 && (
        <Text size="sm" fw={600} c="var(--mantine-color-error)">
          {run.failedSourceCount} failed
        </Text>
      )}
    </>
  );
}

function sourcesWords(count: number): string {
  return count === 1 ? "1 source" : `${count} sources`;
}
