"use client";
import { Table, Text } from "@mantine/core";
import { timeZoneCity } from "@/domain/time-zone";
import { TableHead } from "@/ui/display/data-table";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
import { StatusBadge } from "@/ui/display/status-badge";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import { INCIDENT_LOOKS, incidentWords } from "./incident-words";
import type { Incidents } from "./system-readings";

const MINUTE_MS = 60_000;

/** What went wrong within the last days, the newest first. */
export function IncidentTable({ incidents, timeZone }: { incidents: Incidents; timeZone: string }) {
  const now = useNow(MINUTE_MS);
  const { clockStyle } = usePreferences();
  if (incidents.length === 0) return <Text c="dimmed">Nothing went wrong within the last 7 days.</Text>;
  return (
    <StackedTable
      caption={`Within the last 7 days, the newest first, of all organizations. Processes are known for an hour after they stop. Times are ${timeZoneCity(timeZone)} time.`}
      minWidth={620}
    >
      <TableHead columns={["When", "What", "Details"]} />
      <Table.Tbody role="rowgroup">
        {incidents.map((incident) => (
          <StackedRow key={keyOf(incident)}>
            <StackedRowHead fw="normal">
              <Instant at={incident.at} timeZone={timeZone} relative />
            </StackedRowHead>
            <StackedCell whole>
              <StatusBadge look={INCIDENT_LOOKS[incident.kind]} />
            </StackedCell>
            <StackedCell whole style={{ overflowWrap: "anywhere" }}>
              {incidentWords(incident, timeZone, now, clockStyle)}
            </StackedCell>
          </StackedRow>
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}

/** Of one moment there may be several processes, and one incident of any other kind. */
function keyOf(incident: Incidents[number]): string {
  return `${incident.kind} ${incident.at.getTime()} ${"process" in incident ? incident.process : ""}`;
}
