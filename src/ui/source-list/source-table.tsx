"use client";
import { Checkbox, Table, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconSelector } from "@tabler/icons-react";
import type { ListedSource, SourceOrder } from "@/domain/source-page";
import { timeZoneCity } from "@/domain/time-zone";
import { StackedTable } from "@/ui/display/stacked-table";
import type { SourceListView } from "@/ui/sources/sources-tab";
import { SourceRow } from "./source-row";
import classes from "./source-table.module.css";
import type { Selection } from "./use-selection";

/** Of the box that chooses all: who gives a choice up goes on there. */
export const CHOOSE_ALL_ID = "choose-all-sources";

interface SourceTableProps {
  sources: readonly ListedSource[];
  timeZone: string;
  view: SourceListView;
  /** Null for who may look only. */
  selection: Selection | null;
  onChange: (view: SourceListView) => void;
}

/** The sources of a view, each with the way to its page and how its last collections went. */
export function SourceTable({ sources, timeZone, view, selection, onChange }: SourceTableProps) {
  const head = (label: string, order: SourceOrder) => <OrderHead label={label} isOrder={view.order === order} onOrder={() => onChange({ ...view, order })} />;
  return (
    <StackedTable caption={`Sources. Times are ${timeZoneCity(timeZone)} time.`} minWidth={1080} className={classes.table}>
      <Table.Thead role="rowgroup">
        <Table.Tr role="row">
          {selection && <ChooseAllHead sources={sources} selection={selection} />}
          {head("Source", "name")}
          <Table.Th scope="col" role="columnheader" className={classes.head} w={140}>
            Kind
          </Table.Th>
          <Table.Th scope="col" role="columnheader" className={classes.head}>
            Presets
          </Table.Th>
          <Table.Th scope="col" role="columnheader" className={classes.head}>
            Health
          </Table.Th>
          {head("Last success", "last_success")}
          <Table.Th scope="col" role="columnheader" className={classes.head} w={170}>
            Next try
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup">
        {sources.map((source) => (
          <SourceRow key={source.id} source={source} timeZone={timeZone} selection={selection} />
        ))}
      </Table.Tbody>
    </StackedTable>
  );
}

function ChooseAllHead({ sources, selection }: { sources: readonly ListedSource[]; selection: Selection }) {
  const ids = sources.map(({ id }) => id);
  const chosen = ids.filter((id) => selection.ids.has(id)).length;
  return (
    <Table.Th scope="col" role="columnheader" className={classes.kept} w={44}>
      <Checkbox
        id={CHOOSE_ALL_ID}
        aria-label="Select all sources shown"
        checked={chosen === ids.length}
        indeterminate={chosen > 0 && chosen < ids.length}
        onChange={(event) => selection.choose(ids, event.currentTarget.checked)}
      />
    </Table.Th>
  );
}

function OrderHead({ label, isOrder, onOrder }: { label: string; isOrder: boolean; onOrder: () => void }) {
  const OrderIcon = isOrder ? IconChevronDown : IconSelector;
  return (
    <Table.Th scope="col" role="columnheader" className={classes.kept} w={220} aria-sort={isOrder ? "ascending" : "none"}>
      <UnstyledButton onClick={onOrder} fw={700} fz="sm" mih={24} style={{ display: "inline-flex", alignItems: "center", gap: 4 }}>
        {label}
        <OrderIcon size={14} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  );
}
