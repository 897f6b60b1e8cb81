"use client";
import { Button, Table, Text } from "@mantine/core";
import type { DeliverySummary } from "@/domain/notification-delivery";
import { timeZoneCity } from "@/domain/time-zone";
import { Count } from "@/ui/display/count";
import { TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
import { StatusBadge } from "@/ui/display/status-badge";
import { Instant } from "@/ui/time/instant";
import { ChannelName } from "./channel-kind";
import { DELIVERY_LOOKS, isOnTheWay, messageWords } from "./delivery-words";
import { NextTry } from "./next-try";

const COLUMNS = ["Status", "Message", "Channel", "When", "Attempts", "Next try", "Details"];

interface DeliveryTableProps {
  deliveries: readonly DeliverySummary[];
  timeZone: string;
  onOpen: (id: string) => void;
}

/** Messages, newest first, each with what became of it. */
export function DeliveryTable({ deliveries, timeZone, onOpen }: DeliveryTableProps) {
  return (
    <StackedTable caption={`Messages, newest first. Times are ${timeZoneCity(timeZone)} time.`} minWidth={960}>
      <TableHead columns={COLUMNS} numeric={["Attempts"]} />
      <Table.Tbody role="rowgroup">
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} timeZone={timeZone} onOpen={onOpen} />
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}

function DeliveryRow({ delivery, timeZone, onOpen }: { delivery: DeliverySummary; timeZone: string; onOpen: (id: string) => void }) {
  const { id, status, channel, createdAt, attemptCount, dueAt, message } = delivery;
  const title = messageWords(delivery);
  return (
    <StackedRow>
      <StackedCell whole>
        <StatusBadge look={DELIVERY_LOOKS[status]} />
      </StackedCell>
      <StackedRowHead fw={400} miw={220} maw={380} style={{ overflowWrap: "anywhere" }}>
        {title}
        {message && (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {message}
          </Text>
        )}
      </StackedRowHead>
      <StackedCell label="Channel" miw={120} maw={220}>
        <ChannelName channel={channel} />
      </StackedCell>
      <StackedCell label="When">
        <Instant at={createdAt} timeZone={timeZone} />
      </StackedCell>
      <StackedCell label="Attempts" numeric>
        <Count count={attemptCount} />
      </StackedCell>
      <StackedCell label="Next try">{isOnTheWay(status) ? <NextTry at={dueAt} timeZone={timeZone} /> : <NoValue />}</StackedCell>
      <StackedCell>
        <Button size="compact-sm" variant="default" onClick={() => onOpen(id)} aria-label={`Show details of ${title}, to ${channel.name}`}>
          Show
        </Button>
      </StackedCell>
    </StackedRow>
  );
}
