"use client";
import { Table, Text } from "@mantine/core";
import { timeZoneCity } from "@/domain/time-zone";
import { CountCell, DataTable, TableHead } from "@/ui/display/data-table";
import { Instant } from "@/ui/time/instant";
import type { DueInstants } from "./system-readings";

/** When the next slots are due, over all organizations. */
export function DueInstantTable({ instants, timeZone }: { instants: DueInstants; timeZone: string }) {
  if (instants.length === 0) return <Text c="dimmed">No schedule is on.</Text>;
  return (
    <DataTable caption={`The next times at which schedules of any organization are due, in ${timeZoneCity(timeZone)} time.`} minWidth={340} maw={640}>
      <TableHead columns={["Due", "Schedules"]} numeric={["Schedules"]} />
      <Table.Tbody>
        {instants.map(({ at, schedules }) => (
          <Table.Tr key={at.getTime()}>
            <Table.Th scope="row" fw="normal">
              <Instant at={at} timeZone={timeZone} relative />
            </Table.Th>
            <CountCell count={schedules} />
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  );
}
