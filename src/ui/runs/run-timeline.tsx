"use client";
import { Anchor, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { TIMELINE_RUNS, TIMELINE_WINDOWS, type TimelineWindow } from "@/domain/run-timeline";
import { timeZoneCity } from "@/domain/time-zone";
import { formatCount } from "@/ui/display/count";
import { AppLink } from "@/ui/shell/app-link";
import { useTRPC } from "@/ui/trpc/client";
import { type RunView, runTimelineInput, runViewHref } from "./run-filter";
import { TimelineLegend } from "./timeline-legend";
import { TimelineRows } from "./timeline-rows";
import { WINDOW_WORDS } from "./timeline-words";

const WINDOWS = TIMELINE_WINDOWS.map((value) => ({ value, label: WINDOW_WORDS[value] }));

interface RunTimelineProps {
  view: RunView;
  /** What was asked for already, which the next choice builds on. */
  chosen: RunView;
  timeZone: string;
  /** In milliseconds. */
  refetchMs: number;
  onChange: (view: RunView) => void;
}

/** When the runs went, slots that were skipped or missed included: a row for each hour of a day, or for each day of a week. */
export function RunTimeline({ view, chosen, timeZone, refetchMs, onChange }: RunTimelineProps) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.run.timeline.queryOptions(runTimelineInput(view), { refetchInterval: refetchMs }));
  const show = (window: string) => onChange({ ...chosen, window: window as TimelineWindow });
  const caption = `The last ${WINDOW_WORDS[data.window]}, newest on top. Times are ${timeZoneCity(timeZone)} time.`;
  return (
    <Stack component="section" gap="sm" aria-label="Timeline">
      <Group justify="space-between">
        <SegmentedControl aria-label="Window" data={WINDOWS} value={data.window} onChange={show} />
        <TimelineLegend />
      </Group>
      <Text size="sm" c="dimmed">
        {caption} {view.window ? "" : "The window goes by how often the schedule runs. "}
        {data.runs.length > 0 ? "Arrow keys go from run to run, Enter opens one. " : "No run was in it. "}
        <Anchor component={AppLink} href={runViewHref({ ...chosen, timeline: false })} inherit underline="always">
          Show the list
        </Anchor>
      </Text>
      <TimelineRows timeline={data} caption={caption} timeZone={timeZone} />
      {data.isCutOff && (
        <Text size="sm" c="dimmed">
          These are the newest {formatCount(TIMELINE_RUNS)} runs. The list has the others.
        </Text>
      )}
    </Stack>
  );
}
