"use client";
import { VisuallyHidden } from "@mantine/core";
import type { CSSProperties } from "react";
import type { RunSource } from "@/domain/run";
import { isSourceOver } from "@/domain/run-status";
import { formatDuration } from "@/ui/time/duration";
import { RunDuration } from "./run-duration";
import classes from "./source-timeline.module.css";
import { placeOnAxis, type TimeAxis } from "./time-axis";

/** Where "now" is on the axis, in percent; a variable, so that only what sets it is drawn each second. */
const NOW = "var(--axis-now, 100%)";

/** When a source waited and was collected, on the axis that it shares with the other sources of its run, and how long that took. */
export function SourceTimeline({ source, axis }: { source: RunSource; axis: TimeAxis | null }) {
  return (
    <div className={classes.timeline}>
      {axis && <Track source={source} axis={axis} />}
      <div className={classes.took}>
        {axis && source.startedAt && <VisuallyHidden>Began after {offsetWords(axis, source.startedAt)}, took </VisuallyHidden>}
        <RunDuration of={source} />
      </div>
    </div>
  );
}

function offsetWords({ startAt }: TimeAxis, at: Date): string {
  return formatDuration(Math.max(0, at.getTime() - startAt.getTime()));
}

function Track({ source, axis }: { source: RunSource; axis: TimeAxis }) {
  const { waitingAt, startedAt, finishedAt } = source;
  const isOver = isSourceOver(source.status);
  const wait = waitingAt && !(isOver && !startedAt) ? place(axis, waitingAt, startedAt) : null;
  return (
    <div className={classes.track} aria-hidden>
      {axis.ticks.map(({ atMs }) => (
        <span key={atMs} className={classes.tick} style={{ left: `${(atMs / axis.lengthMs) * 100}%` }} />
      ))}
      {wait && <span className={classes.bar} data-look="waiting" style={wait} />}
      {startedAt && (
        <span className={classes.bar} data-look={source.retryAt && !isOver ? "retrying" : source.status} style={place(axis, startedAt, finishedAt)} />
      )}
      <span className={classes.now} />
    </div>
  );
}

/** From one instant to another, or until now. */
function place(axis: TimeAxis, from: Date, to: Date | null): CSSProperties {
  const left = placeOnAxis(axis, from);
  return { left: `${left}%`, width: to ? `${placeOnAxis(axis, to) - left}%` : `calc(${NOW} - ${left}%)` };
}

/** The head of the column of bars: the axis in words. */
export function TimelineHead({ axis }: { axis: TimeAxis | null }) {
  return (
    <div>
      Timeline
      {axis && (
        <div className={classes.scale} aria-hidden>
          {axis.ticks.map(({ atMs, label }) => (
            <ScaleLabel key={atMs} percent={(atMs / axis.lengthMs) * 100}>
              {label}
            </ScaleLabel>
          ))}
        </div>
      )}
    </div>
  );
}

/** Set to the right of its tick at the beginning and to the left at the end, so that it stays within the column. */
function ScaleLabel({ percent, children }: { percent: number; children: string }) {
  return (
    <span className={classes.label} style={{ left: `${percent}%`, transform: `translateX(-${percent}%)` }}>
      {children}
    </span>
  );
}
