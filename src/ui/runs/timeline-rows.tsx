"use client";
import { type RunTimeline, timelineRows } from "@/domain/run-timeline";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import classes from "./run-timeline.module.css";
import { drawnRuns, timelineBars } from "./timeline-bars";
import { TimelineLane } from "./timeline-lane";
import { axisTicks, rowLabel } from "./timeline-words";
import { useTimelineKeys } from "./use-timeline-keys";

/** A pixel of an hour's row is some seconds. */
const REDRAW_MS = 10_000;

interface TimelineRowsProps {
  timeline: RunTimeline;
  /** Says what the rows are and in which zone. */
  caption: string;
  timeZone: string;
}

/** The rows, the present one on top, and the axis under them. */
export function TimelineRows({ timeline, caption, timeZone }: TimelineRowsProps) {
  const now = useNow(REDRAW_MS);
  const { clockStyle } = usePreferences();
  const rows = timelineRows(timeline.window, timeZone, now);
  const bars = timelineBars(rows, timeline.runs, now);
  const { listProps, stopId, setFocusedId } = useTimelineKeys(drawnRuns(bars));
  const reader = { timeZone, now, clockStyle };
  const shared = { stopId, onFocus: setFocusedId, ...reader };
  return (
    <div className={classes.frame} data-window={timeline.window}>
      <ol className={classes.rows} aria-label={caption} {...listProps}>
        {rows.map((row, index) => (
          <TimelineLane
            key={row.startsAt.getTime()}
            row={row}
            label={rowLabel(row, { window: timeline.window, ...reader })}
            bars={bars[index] ?? []}
            {...shared}
          />
        ))}
      </ol>
      <div className={classes.axis} aria-hidden>
        {axisTicks(timeline.window, clockStyle).map((tick) => (
          <span key={tick}>{tick}</span>
        ))}
      </div>
    </div>
  );
}
