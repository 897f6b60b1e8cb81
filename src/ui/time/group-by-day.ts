/** The rows of one day, as a list shows them. */
export interface DayOfRows<Row> {
  /** "Tue 24 Nov" */
  label: string;
  rows: Row[];
}

/** Cuts rows, in their order, where the day's label changes: rows of one day that others stand between are two stretches of it. */
export function groupByDay<Row>(rows: readonly Row[], labelOf: (row: Row) => string): DayOfRows<Row>[] {
  const days: DayOfRows<Row>[] = [];
  for (const row of rows) {
    const label = labelOf(row);
    const last = days.at(-1);
    if (last?.label === label) last.rows.push(row);
    else days.push({ label, rows: [row] });
  }
  return days;
}
