"use client";
import { Anchor, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { TIMELINE_RUNS, TIMELINE_WINDOWS, type TimelineWindow, timelineRows } from "@/domain/run-timeline";
import { timeZoneCity } from "@/domain/time-zone";
import { formatCount } from "@/ui/display/data-table";
import { AppLink } from "@/ui/shell/app-link";
import { EmptyState } from "@/ui/states/empty-state";
import { useNow } from "@/ui/time/now";
import { useTRPC } from "@/ui/trpc/client";
import { type RunView, runTimelineInput, runViewHref } from "./run-filter";
import classes from "./run-timeline.module.css";
import { drawnRuns, timelineBars } from "./timeline-bars";
import { TimelineLane } from "./timeline-lane";
import { TimelineLegend } from "./timeline-legend";
import { AXES, rowLabel, WINDOW_WORDS } from "./timeline-words";
import { useTimelineKeys } from "./use-timeline-keys";

const WINDOWS = TIMELINE_WINDOWS.map((value) => ({ value, label: WINDOW_WORDS[value] }));
/** A pixel of an hour's row is some seconds. */
const REDRAW_MS = 10_000;

interface RunTimelineProps {
  view: RunView;
  timeZone: string;
  /** In milliseconds. */
  refetchMs: number;
  onChange: (view: RunView) => void;
}

/** When the runs went, slots that were skipped or missed included: a row for each hour of a day, or for each day of a week. */
export function RunTimeline({ view, timeZone, refetchMs, onChange }: RunTimelineProps) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.run.timeline.queryOptions(runTimelineInput(view), { refetchInterval: refetchMs }));
  const now = useNow(REDRAW_MS);
  const rows = timelineRows(data.window, timeZone, now);
  const bars = timelineBars(rows, data.runs, now);
  const runs = drawnRuns(bars);
  const { listProps, stopId, setFocusedId } = useTimelineKeys(runs);
  const caption = `The last ${WINDOW_WORDS[data.window]}, newest on top. Times are ${timeZoneCity(timeZone)} time.`;

  return (
    <Stack component="section" gap="sm" aria-label="Timeline">
      <Group justify="space-between">
        <SegmentedControl
          aria-label="Window"
          data={WINDOWS}
          value={data.window}
          onChange={(window) => onChange({ ...view, window: window as TimelineWindow })}
        />
        <TimelineLegend />
      </Group>
      <Text size="sm" c="dimmed">
        {caption} {view.window ? "" : "The window goes by how often the schedule runs. "}
        {runs.length > 0 && "Arrow keys go from run to run, Enter opens one. "}
        <Anchor component={AppLink} href={runViewHref({ ...view, timeline: false })} inherit underline="always">
          Show the list
        </Anchor>
      </Text>
      {runs.length === 0 && <EmptyState>No run in the last {WINDOW_WORDS[data.window]}.</EmptyState>}
      <div className={classes.frame} data-window={data.window}>
        <ol className={classes.rows} aria-label={caption} {...listProps}>
          {rows.map((row, index) => (
            <TimelineLane
              key={row.startsAt.getTime()}
              row={row}
              label={rowLabel(row, data.window, timeZone, now)}
              bars={bars[index] ?? []}
              stopId={stopId}
              onFocus={setFocusedId}
              timeZone={timeZone}
              now={now}
            />
          ))}
        </ol>
        <div className={classes.axis} aria-hidden>
          {AXES[data.window].map((tick) => (
            <span key={tick}>{tick}</span>
          ))}
        </div>
      </div>
      {data.isCutOff && (
        <Text size="sm" c="dimmed">
          These are the newest {formatCount(TIMELINE_RUNS)} runs. The list has the others.
        </Text>
      )}
    </Stack>
  );
}
