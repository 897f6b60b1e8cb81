"use client";
import { Table } from "@mantine/core";
import type { RunSummary } from "@/domain/run";
import { timeZoneCity } from "@/domain/time-zone";
import { TableHead } from "@/ui/display/data-table";
import { HelpTip } from "@/ui/display/help-tip";
import { StackedTable } from "@/ui/display/stacked-table";
import { groupByDay } from "@/ui/time/group-by-day";
import { useNow } from "@/ui/time/now";
import { runDayLabel } from "./run-days";
import { RunRow } from "./run-row";
import classes from "./run-table.module.css";
import { longestMs } from "./run-words";

const COLUMNS = ["Run", "Status", "Started by", "Scheduled, started", "Duration", "Sources", "New", "Changed", "Unchanged", "Actions"];
const NUMERIC = ["New", "Changed", "Unchanged"];
const HELP = {
  Duration: <HelpTip about="Duration">The bar compares with the longest run that is shown here.</HelpTip>,
  New: (
    <HelpTip about="New">
      The mark in the middle of the bar is what a run of this preset usually brings: the median of the ten runs before it. A retry has none.
    </HelpTip>
  ),
};
/** Wherever a schedule can be, midnight is at a quarter of an hour of UTC. */
const QUARTER_MS = 900_000;

interface RunTableProps {
  runs: readonly RunSummary[];
  timeZone: string;
  /** Rows can then be run again and retried. */
  canEdit: boolean;
}

/** The ledger as a table, cut at the days: every slot and every manual run has its row, also those that never ran. */
export function RunTable({ runs, timeZone, canEdit }: RunTableProps) {
  const now = useNow(QUARTER_MS);
  const row = { timeZone, canEdit, longestMs: longestMs(runs) };
  return (
    <StackedTable caption={`Runs, newest first. Times are ${timeZoneCity(timeZone)} time.`} minWidth={1024} className={classes.table}>
      <TableHead columns={COLUMNS} numeric={NUMERIC} help={HELP} />
      {groupByDay(runs, (run) => runDayLabel(run, timeZone, now)).map((day) => (
        // A day grows at its top while somebody looks at it, and its label may come twice: its oldest run tells it from the others.
        <Table.Tbody key={day.rows.at(-1)?.id} role="rowgroup">
          <Table.Tr role="row" className={classes.day}>
            <Table.Th scope="rowgroup" role="rowheader" colSpan={COLUMNS.length}>
              {day.label}
            </Table.Th>
          </Table.Tr>
          {day.rows.map((run) => (
            <RunRow key={run.id} run={run} {...row} />
          ))}
        </Table.Tbody>
      ))}
    </StackedTable>
  );
}
