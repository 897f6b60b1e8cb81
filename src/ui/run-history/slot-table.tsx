"use client";
import { Anchor, Table } from "@mantine/core";
import type { RecentSlot } from "@/domain/run-history";
import { timeZoneCity } from "@/domain/time-zone";
import { CountCell, DataTable, TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StatusBadge } from "@/ui/display/status-badge";
import { RunDuration } from "@/ui/runs/run-duration";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import classes from "./history-table.module.css";
import { SLOT_LOOKS, slotParts } from "./slot-words";

const COLUMNS = ["Slot", "Outcome", "Run", "New", "Changed", "Duration", "Why"];
const HOUR_MS = 3_600_000;

/** What the strip shows, in words and numbers. `slots`: the newest first. */
export function SlotTable({ slots, timeZone }: { slots: readonly RecentSlot[]; timeZone: string }) {
  return (
    <div className={classes.box}>
      <DataTable caption={`The last slots, the newest first. Times are ${timeZoneCity(timeZone)} time.`} minWidth={760}>
        <TableHead columns={COLUMNS} numeric={["New", "Changed"]} />
        <Table.Tbody>
          {slots.map((slot) => (
            <SlotRow key={slot.at.getTime()} slot={slot} timeZone={timeZone} />
          ))}
        </Table.Tbody>
      </DataTable>
    </div>
  );
}

function SlotRow({ slot, timeZone }: { slot: RecentSlot; timeZone: string }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw="normal">
        <Instant at={slot.at} timeZone={timeZone} />
      </Table.Th>
      <Table.Td>
        <StatusBadge look={SLOT_LOOKS[slot.status]} />
      </Table.Td>
      <Table.Td>
        <Anchor component={AppLink} href={`/runs/${slot.runId}`} prefetch={false} inherit underline="always" display="inline-block" py={4}>
          Run {slot.runNumber}
        </Anchor>
      </Table.Td>
      <CountCell count={slot.newCount} />
      <CountCell count={slot.changedCount} />
      <Table.Td>
        <RunDuration of={slot} />
      </Table.Td>
      <Table.Td>
        <Why slot={slot} />
      </Table.Td>
    </Table.Tr>
  );
}

/** The columns before it say the rest. */
function Why({ slot }: { slot: RecentSlot }) {
  const now = useNow(HOUR_MS);
  const neverRan = slot.status === "missed" || slot.status === "passed_over" || slot.status === "skipped";
  return (neverRan ? slotParts(slot, now).join(", ") : slot.message) ?? <NoValue />;
}
