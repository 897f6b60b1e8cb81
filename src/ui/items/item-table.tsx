"use client";
import { Button, Table, Text } from "@mantine/core";
import type { Item } from "@/domain/item";
import { timeZoneCity } from "@/domain/time-zone";
import { TableHead } from "@/ui/display/data-table";
import { NoValue } from "@/ui/display/no-value";
import { StackedCell, StackedRow, StackedRowHead, StackedTable } from "@/ui/display/stacked-table";
import { Instant } from "@/ui/time/instant";
import { ExternalLink } from "./external-link";
import { FieldChanges } from "./field-changes";
import { detailsButtonId } from "./item-drawer";
import { ItemStateBadge } from "./item-state-badge";
import classes from "./item-table.module.css";

const COLUMNS = ["Item", "Source", "Published", "Last change", "State", "Details"];

interface ItemTableProps {
  items: readonly Item[];
  timeZone: string;
  onOpen: (item: Item) => void;
}

/** Collected items, newest change first. Titles are the sites' words and shown as text only. */
export function ItemTable({ items, timeZone, onOpen }: ItemTableProps) {
  return (
    <StackedTable caption={`Items, newest change first. Times are ${timeZoneCity(timeZone)} time.`} minWidth={860}>
      <TableHead columns={COLUMNS} />
      <Table.Tbody role="rowgroup">
        {items.map((item) => (
          <ItemRow key={item.id} item={item} timeZone={timeZone} onOpen={onOpen} />
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}

function ItemRow({ item, timeZone, onOpen }: { item: Item; timeZone: string; onOpen: (item: Item) => void }) {
  const title = item.title || item.key;
  return (
    <StackedRow className={classes.item}>
      <StackedRowHead area="item">
        <Text span inherit lineClamp={3}>
          <ExternalLink url={item.url}>{title}</ExternalLink>
        </Text>
        {item.cameBack && (
          <Text size="sm" fw={400} c="dimmed">
            Came back: it was gone.
          </Text>
        )}
        {item.changes.length > 0 && <FieldChanges changes={item.changes} more={item.moreChanges} lines={3} />}
      </StackedRowHead>
      <StackedCell area="source">{item.sourceName}</StackedCell>
      <StackedCell area="published" label="Published">
        {item.publishedAt ? <Instant at={item.publishedAt} timeZone={timeZone} /> : <NoValue>Not stated</NoValue>}
      </StackedCell>
      <StackedCell area="change" label="Last change">
        <ChangeTimes item={item} timeZone={timeZone} />
      </StackedCell>
      <StackedCell area="state">
        <ItemStateBadge state={item.state} />
      </StackedCell>
      <StackedCell area="details">
        <Button id={detailsButtonId(item.id)} size="compact-sm" variant="default" onClick={() => onOpen(item)} aria-label={`Show details of ${title}`}>
          Show
        </Button>
      </StackedCell>
    </StackedRow>
  );
}

function ChangeTimes({ item, timeZone }: { item: Item; timeZone: string }) {
  if (item.goneAt) return <Times at={item.goneAt} item={item} timeZone={timeZone} />;
  if (item.state === "new") return <Instant at={item.firstSeenAt} timeZone={timeZone} />;
  return <Times at={item.lastChangedAt} item={item} timeZone={timeZone} />;
}

function Times({ at, item, timeZone }: { at: Date; item: Item; timeZone: string }) {
  return (
    <>
      <Instant at={at} timeZone={timeZone} />
      <Text size="sm" c="dimmed" className={classes.firstSeen}>
        First seen <Instant at={item.firstSeenAt} timeZone={timeZone} />
      </Text>
    </>
  );
}
