"use client";
import { VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, memo, type SyntheticEvent, useState } from "react";
import { MONTH_NAMES, WEEKDAY_NAMES } from "@/domain/cron-fields";
import { monthOf } from "@/domain/zone-days";
import { moveWithin } from "@/ui/display/move-within";
import { AppLink } from "@/ui/shell/app-link";
import { usePreferences } from "@/ui/time/preferences";
import { weekdaysFrom } from "@/ui/time/weekdays";
import classes from "./day-heatmap.module.css";
import { type HeatScale, shadeOf } from "./heat-scale";
import { dayCounts, dayName, dayPath, type HistoryDay, type Measure, monthSpans, weekStarts } from "./history-days";

const STEPS = { ArrowLeft: -7, ArrowRight: 7, ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

interface DayHeatmapProps {
  days: readonly HistoryDay[];
  measure: Measure;
  scale: HeatScale;
  /** Told which day is pointed at or has the focus; null when none is. */
  onLook: (day: HistoryDay | null) => void;
  labelledBy: string;
}

/**
 * A column for each of the reader's weeks, a row for each weekday. One tab stop; the arrow keys go from day to day, and each day leads to its runs. On a
 * small screen the weeks scroll in their box, the newest in view.
 */
export const DayHeatmap = memo(function DayHeatmap({ days, measure, scale, onLook, labelledBy }: DayHeatmapProps) {
  const [current, setCurrent] = useState(days.length - 1);
  const tabStop = Math.min(current, days.length - 1);
  const { firstWeekday } = usePreferences();
  const starts = weekStarts(days, firstWeekday);

  function indexAt(event: SyntheticEvent): number | null {
    const index = (event.target as Element).closest("a")?.dataset.index;
    return index === undefined ? null : Number(index);
  }

  function look(event: SyntheticEvent) {
    const index = indexAt(event);
    onLook(index === null ? null : (days[index] ?? null));
    if (event.type === "focus" && index !== null) setCurrent(index);
  }

  function move(event: KeyboardEvent<HTMLTableElement>) {
    const next = moveWithin(event, indexAt(event) ?? tabStop, days.length, STEPS);
    if (next === null) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`a[data-index="${next}"]`)?.focus();
  }

  return (
    <div className={classes.scroller}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table of links that the arrow keys go through is a grid
        role="grid"
        aria-labelledby={labelledBy}
        className={classes.grid}
        onFocus={look}
        onBlur={() => onLook(null)}
        onPointerOver={look}
        onPointerLeave={() => onLook(null)}
        onKeyDown={move}
      >
        <MonthRow days={days} firstWeekday={firstWeekday} />
        <tbody>
          {weekdaysFrom(firstWeekday).map((weekday, row) => (
            <tr key={weekday}>
              <WeekdayHead name={WEEKDAY_NAMES[weekday] ?? ""} />
              {starts.map((start) => (
                <DayCell key={start} days={days} index={start + row} measure={measure} scale={scale} isTabStop={start + row === tabStop} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});

function WeekdayHead({ name }: { name: string }) {
  return (
    <th scope="row" className={classes.weekday}>
      <span aria-hidden>{name.slice(0, 3)}</span>
      <VisuallyHidden>{name}</VisuallyHidden>
    </th>
  );
}

function MonthRow({ days, firstWeekday }: Pick<DayHeatmapProps, "days"> & { firstWeekday: number }) {
  return (
    <thead>
      <tr>
        <td />
        {monthSpans(days, firstWeekday).map(({ label, weeks, firstDay }) => (
          <th key={firstDay} scope="colgroup" colSpan={weeks} className={classes.month}>
            {/* One column is too narrow for a name. */}
            <span aria-hidden>{weeks > 1 && label}</span>
            <VisuallyHidden>{MONTH_NAMES[monthOf(firstDay) - 1]}</VisuallyHidden>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface DayCellProps extends Pick<DayHeatmapProps, "days" | "measure" | "scale"> {
  index: number;
  isTabStop: boolean;
}

function DayCell({ days, index, measure, scale, isTabStop }: DayCellProps) {
  const day = days[index];
  // Days of the first week that are not told of, and those of the week that is going which are to come.
  if (!day) return <td />;
  const today = days.at(-1)?.day ?? day.day;
  return (
    <td className={classes.cell}>
      <AppLink
        href={dayPath(day.date)}
        prefetch={false}
        tabIndex={isTabStop ? 0 : -1}
        data-index={index}
        data-shade={shadeOf(day[measure], scale)}
        data-missed={day.missed > 0 || undefined}
        aria-label={`${dayName(day.day, today)}: ${dayCounts(day)}`}
        className={classes.day}
      />
    </td>
  );
}
