"use client";
import { type RunTimeline, timelineRows } from "@/domain/run-timeline";
import { useNow } from "@/ui/time/now";
import classes from "./run-timeline.module.css";
import { drawnRuns, timelineBars } from "./timeline-bars";
import { TimelineLane } from "./timeline-lane";
import { AXES, rowLabel } from "./timeline-words";
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
  const rows = timelineRows(timeline.window, timeZone, now);
  const bars = timelineBars(rows, timeline.runs, now);
  const { listProps, stopId, setFocusedId } = useTimelineKeys(drawnRuns(bars));
  const shared = { stopId, onFocus: setFocusedId, timeZone, now };
  return (
    <div className={classes.frame} data-window={timeline.window}>
      <ol className={classes.rows} aria-label={caption} {...listProps}>
        {rows.map((row, index) => (
          <TimelineLane key={row.startsAt.getTime()} row={row} label={rowLabel(row, timeline.window, timeZone, now)} bars={bars[index] ?? []} {...shared} />
        ))}
      </ol>
      <div className={classes.axis} aria-hidden>
        {AXES[timeline.window].map((tick) => (
          <span key={tick}>{tick}</span>
        ))}
      </div>
    </div>
  );
}
