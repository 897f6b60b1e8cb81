"use client";
import { Button, Table, Text } from "@mantine/core";
import type { AccountSession } from "@/domain/account";
import { timeZoneCity } from "@/domain/time-zone";
import { DataTable, TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { Instant } from "@/ui/time/instant";
import { addressWords } from "./address-words";
import { deviceWords } from "./device-words";

const COLUMNS = ["Device", "Address", "Signed in", "Last used", "End"];

interface SessionTableProps {
  sessions: readonly AccountSession[];
  timeZone: string;
  /** The one that is just being ended. */
  endingId: string | null;
  onEnd: (id: string) => void;
}

/** One row a session; the one that looks at it has no way to end itself: that is signing out. */
export function SessionTable({ sessions, timeZone, endingId, onEnd }: SessionTableProps) {
  return (
    <DataTable caption={`Your sessions. Times are ${timeZoneCity(timeZone)} time.`} minWidth={760}>
      <TableHead columns={COLUMNS} />
      <Table.Tbody>
        {sessions.map((session) => (
          <Table.Tr key={session.id}>
            <Table.Th scope="row">
              {deviceWords(session.userAgent)}
              {session.isCurrent && (
                <Text size="sm" c="dimmed">
                  This one
                </Text>
              )}
            </Table.Th>
            <Table.Td style={{ whiteSpace: "nowrap" }}>{session.address ? addressWords(session.address) : <NoValue>Unknown</NoValue>}</Table.Td>
            <Table.Td>
              <Instant at={session.createdAt} timeZone={timeZone} />
            </Table.Td>
            <Table.Td>
              <Instant at={session.lastUsedAt} timeZone={timeZone} relative />
            </Table.Td>
            <Table.Td>
              {session.isCurrent ? (
                <NoValue>By signing out</NoValue>
              ) : (
                <Button
                  variant="default"
                  size="sm"
                  loading={endingId === session.id}
                  aria-label={`End the session of ${deviceWords(session.userAgent)}`}
                  onClick={() => onEnd(session.id)}
                >
                  End
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </DataTable>
  );
}
