"use client";
import { Table, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconPlayerPause } from "@tabler/icons-react";
import { timeZoneCity } from "@/domain/time-zone";
import { CountCell, DataTable, TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
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
    <DataTable caption={`Processes that reported within the last hour. Times are ${timeZoneCity(timeZone)} time.`} minWidth={1000}>
      <TableHead columns={COLUMNS} numeric={NUMERIC} />
      <Table.Tbody>
        {instances.map((instance) => (
          <InstanceRow key={instance.instanceId} instance={instance} timeZone={timeZone} />
        ))}
      </Table.Tbody>
    </DataTable>
  );
}

function InstanceRow({ instance, timeZone }: { instance: SystemInstance; timeZone: string }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" style={{ overflowWrap: "anywhere" }}>
        {processName(instance)}
      </Table.Th>
      <Table.Td>{instance.roles.join(", ")}</Table.Td>
      <Table.Td>
        <StatusBadge look={lookOf(instance)} />
      </Table.Td>
      <Table.Td>{instance.version}</Table.Td>
      <Table.Td>
        <Instant at={instance.startedAt} timeZone={timeZone} />
      </Table.Td>
      <Table.Td>
        <Instant at={instance.lastSeenAt} timeZone={timeZone} relative />
      </Table.Td>
      <Table.Td>{instance.nextWakeUpAt ? <Instant at={instance.nextWakeUpAt} timeZone={timeZone} /> : <NoValue />}</Table.Td>
      <CountCell count={instance.armedWakeUps} />
      <CountCell count={instance.activeRuns} />
      <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
        {instance.clockSkewMs} ms
      </Table.Td>
    </Table.Tr>
  );
}

function lookOf({ alive, holdReason }: SystemInstance): StatusLook {
  if (!alive) return { tone: "bad", icon: IconCircleX, word: "Gone" };
  if (holdReason !== null) return { tone: "warning", icon: IconPlayerPause, word: "Takes no runs" };
  return { tone: "good", icon: IconCircleCheck, word: "Alive" };
}
