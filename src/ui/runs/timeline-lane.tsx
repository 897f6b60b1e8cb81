"use client";
import type { ClockStyle } from "@/domain/preferences";
import type { TimelineRow } from "@/domain/run-timeline";
import { percent } from "@/ui/display/percent";
import classes from "./run-timeline.module.css";
import { shareOf, type TimelineBar } from "./timeline-bars";
import { TimelineLink } from "./timeline-link";
import { barWords } from "./timeline-words";

interface TimelineLaneProps {
  row: TimelineRow;
  label: string;
  bars: readonly TimelineBar[];
  /** The run whose bar can be reached by Tab. */
  stopId: string | null;
  onFocus: (runId: string) => void;
  timeZone: string;
  now: Date;
  clockStyle: ClockStyle;
}

/** One hour or one day: its label, its bars and, in the present one, what has not come yet. */
export function TimelineLane({ row, label, bars, stopId, onFocus, timeZone, now, clockStyle }: TimelineLaneProps) {
  const present = shareOf(row, now);
  return (
    <li className={classes.row}>
      <span className={classes.label}>{label}</span>
      <div className={classes.lane}>
        {present !== null && <span className={classes.future} style={{ insetInlineStart: percent(present) }} />}
        {bars.map((bar) => {
          const look = barLook(bar);
          if (bar.continues) return <span key={bar.run.id} {...look} aria-hidden />;
          const { id } = bar.run;
          return <TimelineLink key={id} bar={bar} look={look} words={barWords(bar.run, timeZone, now, clockStyle)} isStop={id === stopId} onFocus={onFocus} />;
        })}
      </div>
    </li>
  );
}

function barLook({ run, from, to }: TimelineBar) {
  return { className: classes.bar, "data-status": run.status, style: { insetInlineStart: percent(from), inlineSize: percent(to - from) } };
}
