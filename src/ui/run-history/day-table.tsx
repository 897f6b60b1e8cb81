"use client";
import { Anchor, Table } from "@mantine/core";
import { HISTORY_WEEKS } from "@/domain/history-extent";
import { CountCell, DataTable, TableHead } from "@/ui/display/data-table";
import { AppLink } from "@/ui/shell/app-link";
import { dayName, dayPath, type HistoryDay } from "./history-days";
import classes from "./history-table.module.css";

const NUMERIC = ["Runs", "Failed", "Skipped", "Missed", "New items"];

/** What the heatmap shows, in numbers. */
export function DayTable({ days }: { days: readonly HistoryDay[] }) {
  const today = days.at(-1)?.day ?? 0;
  const shown = days.filter(({ runs, skipped, missed }) => runs + skipped + missed > 0).toReversed();
  return (
    <div className={classes.box}>
      <DataTable caption={`Days of the last ${HISTORY_WEEKS} weeks on which anything happened, the newest first.`} minWidth={520}>
        <TableHead columns={["Day", ...NUMERIC]} numeric={NUMERIC} />
        <Table.Tbody>
          {shown.map((day) => (
            <Table.Tr key={day.day}>
              <Table.Th scope="row">
                <Anchor component={AppLink} href={dayPath(day.date)} prefetch={false} inherit underline="always" display="inline-block" py={4}>
                  <time dateTime={day.date}>{dayName(day.day, today)}</time>
                </Anchor>
              </Table.Th>
              <CountCell count={day.runs} />
              <CountCell count={day.failed} />
              <CountCell count={day.skipped} />
              <CountCell count={day.missed} />
              <CountCell count={day.newItems} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </DataTable>
    </div>
  );
}
