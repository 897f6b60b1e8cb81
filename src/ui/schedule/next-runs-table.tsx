"use client";
import type { SchedulePreview } from "@/domain/schedule";
import { timeZoneCity } from "@/domain/time-zone";
import { groupByDay } from "@/ui/time/group-by-day";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import { formatDay } from "@/ui/time/zoned-time";
import { NextRunRow } from "./next-run-row";
import classes from "./next-runs.module.css";
import { nextRunsCaption } from "./next-runs-words";
import type { ShownZones } from "./shown-zones";

const MINUTE_MS = 60_000;

type PreviewRow = Extract<SchedulePreview, { ok: true }>["rows"][number];

interface NextRunsTableProps {
  rows: readonly PreviewRow[];
  timeZone: string;
  zones: ShownZones;
  /** Where the rows begin; null: now. */
  from: Date | null;
  skipSlotAt: Date | null;
  isStale: boolean;
  /** What stands on the screen cannot be computed, so that these rows stay. */
  isUnreadable: boolean;
}

/** A row for each run; where days have several, a heading for each day. */
export function NextRunsTable({ rows, timeZone, zones, from, skipSlotAt, isStale, isUnreadable }: NextRunsTableProps) {
  const now = useNow(MINUTE_MS);
  const { clockStyle } = usePreferences();
  const days = groupByDay(rows, ({ at }) => formatDay(at, timeZone, now));
  const isDivided = days.length < rows.length;
  const groups = isDivided ? days : [{ label: null, rows }];
  const besides = [zones.viewer, zones.utc].filter((zone) => zone !== null);
  return (
    <table className={classes.table} data-dim={isStale || undefined}>
      <caption className={classes.caption}>
        {isUnreadable && "From before your last change, as what stands there now cannot be read. "}
        {nextRunsCaption({ rows, timeZone, viewerZone: zones.viewerZone, from, now, clockStyle })}
      </caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">{timeZoneCity(timeZone)}</th>
          {zones.viewer && <th scope="col">Your time</th>}
          {zones.utc && <th scope="col">UTC</th>}
        </tr>
      </thead>
      {groups.map(({ label, rows: runs }) => (
        <tbody key={runs[0]?.at.getTime()}>
          {label !== null && (
            <tr>
              <th colSpan={2 + besides.length} scope="rowgroup" className={classes.day}>
                {label}
              </th>
            </tr>
          )}
          {runs.map((row) => (
            <NextRunRow
              key={row.at.getTime()}
              row={row}
              isLeftOut={row.at.getTime() === skipSlotAt?.getTime()}
              timeZone={timeZone}
              besides={besides}
              showsDay={label === null}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}
