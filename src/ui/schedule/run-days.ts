import { formatDay } from "@/ui/time/zoned-time";

/** The rows of one day on the schedule's clock. */
interface RunDay<Row> {
  /** "Tue 24 Nov" */
  day: string;
  rows: Row[];
}

/** Rows in order, by their days on the zone's clock. */
export function groupByDay<Row extends { at: Date }>(rows: readonly Row[], timeZone: string, now: Date): RunDay<Row>[] {
  const days: RunDay<Row>[] = [];
  for (const row of rows) {
    const day = formatDay(row.at, timeZone, now);
    const last = days[days.length - 1];
    if (last?.day === day) last.rows.push(row);
    else days.push({ day, rows: [row] });
  }
  return days;
}
