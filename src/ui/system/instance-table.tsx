"use client";
import { Table, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconPlayerPause } from "@tabler/icons-react";
import { timeZoneCity } from "@/domain/time-zone";
import { Count } from "@/ui/display/count";
import { TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";
import { Instant } from "@/ui/time/instant";
import { processName } from "./process-name";
import type { SystemInstance } from "./system-readings";

const COLUMNS = ["Process", "Does", "State", "Version", "Started", "Last seen", "Next wake-up", "Wake-ups", "Runs", "Clock skew"];
const NUMERIC = ["Wake-ups", "Runs", "Clock skew"];

/** Every process of the installation that reported within the last hour. */
export function InstanceTable({ instances, timeZone }: { instances: readonly SystemInstance[]; timeZone: string }) {
  if (instances.length === 0) return <Text c="dimmed">No process has reported within the last hour.</Text>;
  return (
    <StackedTable caption={`Processes that reported within the last hour. Times are ${timeZoneCity(timeZone)} time.`} minWidth={1000}>
      <TableHead columns={COLUMNS} numeric={NUMERIC} />
      <Table.Tbody role="rowgroup">
        {instances.map((instance) => (
          <InstanceRow key={instance.instanceId} instance={instance} timeZone={timeZone} />
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}

function InstanceRow({ instance, timeZone }: { instance: SystemInstance; timeZone: string }) {
  return (
    <StackedRow>
      <StackedRowHead>{processName(instance)}</StackedRowHead>
      <StackedCell label="Does">{instance.roles.join(", ")}</StackedCell>
      <StackedCell>
        <StatusBadge look={lookOf(instance)} />
      </StackedCell>
      <StackedCell label="Version">{instance.version}</StackedCell>
      <StackedCell label="Started">
        <Instant at={instance.startedAt} timeZone={timeZone} />
      </StackedCell>
      <StackedCell label="Last seen">
        <Instant at={instance.lastSeenAt} timeZone={timeZone} relative />
      </StackedCell>
      <StackedCell label="Next wake-up">{instance.nextWakeUpAt ? <Instant at={instance.nextWakeUpAt} timeZone={timeZone} /> : <NoValue />}</StackedCell>
      <StackedCell label="Wake-ups" numeric>
        <Count count={instance.armedWakeUps} />
      </StackedCell>
      <StackedCell label="Runs" numeric>
        <Count count={instance.activeRuns} />
      </StackedCell>
      <StackedCell label="Clock skew" numeric>
        {instance.clockSkewMs} ms
      </StackedCell>
    </StackedRow>
  );
}

function lookOf({ alive, holdReason }: SystemInstance): StatusLook {
  if (!alive) return { tone: "bad", icon: IconCircleX, word: "Gone" };
  if (holdReason !== null) return { tone: "warning", icon: IconPlayerPause, word: "Takes no runs" };
  return { tone: "good", icon: IconCircleCheck, word: "Alive" };
}
