"use client";
import type { TimelineRow } from "@/domain/run-timeline";
import { AppLink } from "@/ui/shell/app-link";
import classes from "./run-timeline.module.css";
import { shareOf, type TimelineBar } from "./timeline-bars";
import { barWords } from "./timeline-words";
import type { useTimelineKeys } from "./use-timeline-keys";

interface TimelineLaneProps {
  row: TimelineRow;
  label: string;
  bars: readonly TimelineBar[];
  barProps: ReturnType<typeof useTimelineKeys>["barProps"];
  /** The run whose details are shown. */
  told: string | null;
  timeZone: string;
  now: Date;
}

/** One hour or one day: its label, its bars and, in the present one, where it stands now. */
export function TimelineLane({ row, label, bars, barProps, told, timeZone, now }: TimelineLaneProps) {
  const present = shareOf(row, now);
  return (
    <li className={classes.row}>
      <span className={classes.label}>{label}</span>
      <div className={classes.lane}>
        {present !== null && <span className={classes.future} style={{ insetInlineStart: percent(present) }} />}
        {bars.map((bar) => (
          <Bar key={bar.run.id} bar={bar} words={barWords(bar.run, timeZone, now)} isTold={told === bar.run.id} barProps={barProps} />
        ))}
      </div>
    </li>
  );
}

interface BarProps extends Pick<TimelineLaneProps, "barProps"> {
  bar: TimelineBar;
  words: string;
  isTold: boolean;
}

function Bar({ bar, words, isTold, barProps }: BarProps) {
  const { run, from, to, continues } = bar;
  const look = {
    className: classes.bar,
    "data-status": run.status,
    style: { insetInlineStart: percent(from), inlineSize: percent(to - from) },
  };
  if (continues) return <span {...look} aria-hidden />;
  return (
    <AppLink href={`/runs/${run.id}`} prefetch={false} aria-label={words} {...look} {...barProps(run)}>
      {isTold && (
        <span className={classes.tip} data-side={from > 0.4 ? "end" : "start"} aria-hidden>
          {words}
        </span>
      )}
    </AppLink>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100_000) / 1_000}%`;
}
