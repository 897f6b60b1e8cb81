"use client";
import { Anchor, Table, Text } from "@mantine/core";
import { timeZoneCity } from "@/domain/time-zone";
import { TableHead } from "@/ui/display/data-table";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { processName } from "./process-name";
import type { SystemInstance, SystemWork } from "./system-readings";

type HeldRun = SystemWork["heldRuns"][number];

interface HeldRunTableProps {
  runs: readonly HeldRun[];
  instances: readonly SystemInstance[];
  timeZone: string;
}

/** What every worker does at the moment. */
export function HeldRunTable({ runs, instances, timeZone }: HeldRunTableProps) {
  if (runs.length === 0) return <Text c="dimmed">No run is going.</Text>;
  return (
    <StackedTable caption={`Runs of all organizations that a worker holds. Times are ${timeZoneCity(timeZone)} time.`} minWidth={600}>
      <TableHead columns={["Run", "Process", "Since", "Sources done"]} numeric={["Sources done"]} />
      <Table.Tbody role="rowgroup">
        {runs.map((held) => (
          <StackedRow key={held.run?.id ?? `${held.instanceId} ${held.startedAt.getTime()}`}>
            <StackedRowHead>
              <RunName run={held.run} />
            </StackedRowHead>
            <StackedCell label="Process" style={{ overflowWrap: "anywhere" }}>
              {holderName(instances, held.instanceId)}
            </StackedCell>
            <StackedCell label="Since">
              <Instant at={held.startedAt} timeZone={timeZone} relative />
            </StackedCell>
            <StackedCell label="Sources done" numeric>
              {held.doneSourceCount} of {held.sourceCount}
            </StackedCell>
          </StackedRow>
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}

function RunName({ run }: Pick<HeldRun, "run">) {
  if (!run) return "A run of another organization";
  return (
    <Anchor component={AppLink} href={`/runs/${run.id}`} prefetch={false} inherit underline="always">
      Run {run.number}
    </Anchor>
  );
}

/** A process that died is named until its runs are taken up by another one. */
function holderName(instances: readonly SystemInstance[], instanceId: string): string {
  const instance = instances.find((each) => each.instanceId === instanceId);
  return instance ? processName(instance) : "One that is gone";
}
