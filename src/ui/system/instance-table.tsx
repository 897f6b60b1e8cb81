"use client";
import { Table } from "@mantine/core";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { timeZoneCity } from "@/domain/time-zone";
import { CountCell, DataTable, NoValue, TableHead } from "@/ui/display/data-table";
import { StatusBadge } from "@/ui/display/status-badge";
import { Instant } from "@/ui/time/instant";
import type { SystemStatus } from "./system-tiles";

type Instance = SystemStatus["instances"][number];

const COLUMNS = ["Process", "State", "Version", "Started", "Last seen", "Next wake-up", "Wake-ups", "Runs", "Clock skew"];
const NUMERIC = ["Wake-ups", "Runs", "Clock skew"];

/** Every process of the installation that reported within the last hour. */
export function InstanceTable({ instances, timeZone }: { instances: readonly Instance[]; timeZone: string }) {
  return (
    <DataTable caption={`Processes that reported within the last hour. Times are ${timeZoneCity(timeZone)} time.`} minWidth={900}>
      <TableHead columns={COLUMNS} numeric={NUMERIC} />
      <Table.Tbody>
        {instances.map((instance) => (
          <InstanceRow key={instance.instanceId} instance={instance} timeZone={timeZone} />
        ))}
      </Table.Tbody>
    </DataTable>
  );
}

function InstanceRow({ instance, timeZone }: { instance: Instance; timeZone: string }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" style={{ overflowWrap: "anywhere" }}>
        {instance.host}, {instance.pid}
      </Table.Th>
      <Table.Td>
        <StatusBadge look={instance.alive ? { tone: "good", icon: IconCircleCheck, word: "Alive" } : { tone: "bad", icon: IconCircleX, word: "Gone" }} />
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
