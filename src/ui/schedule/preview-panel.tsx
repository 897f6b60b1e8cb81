"use client";
import { Paper, type PaperProps, Stack } from "@mantine/core";
import { useRef } from "react";
import type { Schedule } from "@/domain/schedule";
import { ClockChanges } from "./clock-changes";
import { NextRuns } from "./next-runs";
import type { Previewed } from "./preview-input";
import classes from "./preview-panel.module.css";
import { nextRunsLead } from "./schedule-words";
import { useNextRuns } from "./use-next-runs";

interface PreviewPanelProps {
  previewed: Previewed;
  /** Null while nothing is stored. */
  schedule: Schedule | null;
  isPaused: boolean;
  /** What is previewed is not on the screen any more. */
  isOutdated?: boolean;
  /** Changes the draft, for who may; null where there is none. */
  change: ((part: { cronExpression?: string; timeZone?: string }) => void) | null;
}

const PAPER: PaperProps = { withBorder: true, p: { base: "md", sm: "lg" }, radius: "lg" };

/** What the times on the screen lead to: the next runs, and what clock changes do to them. */
export function PreviewPanel({ previewed, schedule, isPaused, isOutdated = false, change }: PreviewPanelProps) {
  const runs = useNextRuns(previewed, schedule, isPaused);
  const title = useRef<HTMLHeadingElement>(null);
  const shown = runs.preview.data?.ok ? runs.preview.data : null;
  const isStale = isOutdated || runs.isStale;

  function changeAndShow(part: { cronExpression?: string; timeZone?: string }) {
    change?.(part);
    // The button goes with what it mended; the runs that come of it are next to read.
    title.current?.focus();
  }

  return (
    <Stack gap="md" className={classes.panel}>
      <Paper {...PAPER}>
        <NextRuns
          runs={runs}
          timeZone={previewed.timeZone}
          isStale={isStale}
          lead={nextRunsLead(schedule, isPaused && runs.from === null)}
          skipSlotAt={schedule?.skipSlotAt ?? null}
          titleRef={title}
        />
      </Paper>
      {shown && shown.clockChanges.length > 0 && (
        <Paper {...PAPER}>
          <ClockChanges
            changes={shown.clockChanges}
            steadyTimes={shown.steadyTimes}
            timeZone={previewed.timeZone}
            from={runs.from}
            isStale={isStale}
            change={change && changeAndShow}
          />
        </Paper>
      )}
    </Stack>
  );
}
