"use client";
import { Button, Table, Text } from "@mantine/core";
import type { AccountSession } from "@/domain/account";
import { timeZoneCity } from "@/domain/time-zone";
import { TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
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
    <StackedTable caption={`Your sessions. Times are ${timeZoneCity(timeZone)} time.`} minWidth={760}>
      <TableHead columns={COLUMNS} />
      <Table.Tbody role="rowgroup">
        {sessions.map((session) => (
          <StackedRow key={session.id}>
            <StackedRowHead>
              {deviceWords(session.userAgent)}
              {session.isCurrent && (
                <Text size="sm" c="dimmed">
                  This one
                </Text>
              )}
            </StackedRowHead>
            <StackedCell label="Address">{session.address ? addressWords(session.address) : <NoValue>Unknown</NoValue>}</StackedCell>
            <StackedCell label="Signed in">
              <Instant at={session.createdAt} timeZone={timeZone} />
            </StackedCell>
            <StackedCell label="Last used">
              <Instant at={session.lastUsedAt} timeZone={timeZone} relative />
            </StackedCell>
            <StackedCell label="End">
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
            </StackedCell>
          </StackedRow>
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}
