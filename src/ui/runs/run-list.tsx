"use client";
import { Button, Stack } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useRef } from "react";
import { formatCount } from "@/ui/display/count";
import { LoadOlder } from "@/ui/display/load-older";
import { useSystemStatus } from "@/ui/shell/use-system-status";
import { NoMatchingRuns } from "./no-runs";
import { newRunsWords } from "./run-feed";
import { isFiltered, type RunView } from "./run-filter";
import classes from "./run-list.module.css";
import { RunTable } from "./run-table";
import { useNewRuns } from "./use-new-runs";
import { useRunFeed } from "./use-run-feed";

interface RunListProps {
  view: RunView;
  timeZone: string;
  canEdit: boolean;
  /** How often the newest runs are asked for, in milliseconds. */
  refetchMs: number;
}

/** The runs of a view: the table, "Load older", and what came meanwhile. */
export function RunList({ view, timeZone, canEdit, refetchMs }: RunListProps) {
  const { runs, query } = useRunFeed(view, refetchMs);
  const { topRef, shown, waiting, show } = useNewRuns(runs);
  const list = useRef<HTMLDivElement>(null);
  const retention = useSystemStatus().data?.runRetention;
  const showNewRuns = () => {
    show();
    // The button vanishes: who used it by keyboard goes on at the list that it leads to.
    list.current?.focus({ preventScroll: true });
    list.current?.scrollIntoView({ block: "start" });
  };

  if (runs.length === 0) return <NoMatchingRuns view={view} />;
  return (
    <Stack gap="lg" ref={list} tabIndex={-1} className={classes.list}>
      <div>
        <div ref={topRef} />
        <div role="status" className={classes.notice}>
          {waiting > 0 && (
            <Button radius="xl" leftSection={<IconArrowUp size={16} aria-hidden />} onClick={showNewRuns}>
              {newRunsWords(waiting)}
            </Button>
          )}
        </div>
        <RunTable runs={shown} timeZone={timeZone} canEdit={canEdit} />
      </div>
      <LoadOlder query={query} end={endWords(isFiltered(view), retention)} />
    </Stack>
  );
}

/** Where the list ends, and why it does not go further back. */
function endWords(filtered: boolean, retention: { days: number; count: number } | undefined): string {
  const end = filtered ? "No older run matches these filters." : "These are all the runs.";
  if (!retention) return end;
  return `${end} Runs older than ${formatCount(retention.days)} days are deleted, and all but the newest ${formatCount(retention.count)}.`;
}
