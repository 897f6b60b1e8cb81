"use client";
import { formatCount } from "@/ui/display/count";
import { LoadOlder } from "@/ui/display/load-older";
import { NewerList } from "@/ui/display/newer-list";
import { useSystemStatus } from "@/ui/shell/use-system-status";
import { NoMatchingRuns } from "./no-runs";
import { newRunsWords } from "./run-feed";
import { isFiltered, type RunView } from "./run-filter";
import { RunTable } from "./run-table";
import { useNewRuns } from "./use-new-runs";
import { useRunFeed } from "./use-run-feed";

interface RunListProps {
  view: RunView;
  timeZone: string;
  canEdit: boolean;
  /** How often the newest runs are asked for, in milliseconds. */
  refetchMs: number;
  onFollow: (view: RunView) => void;
}

/** The runs of a view: the table, "Load older", and what came meanwhile. */
export function RunList({ view, timeZone, canEdit, refetchMs, onFollow }: RunListProps) {
  const { runs, query } = useRunFeed(view, refetchMs);
  const { topRef, shown, waiting, show } = useNewRuns(runs);
  const retention = useSystemStatus().data?.runRetention;
  if (runs.length === 0) return <NoMatchingRuns view={view} onFollow={onFollow} />;
  return (
    <NewerList
      gap="lg"
      newer={waiting > 0 ? newRunsWords(waiting) : null}
      onShowNewer={show}
      rows={
        <>
          <div ref={topRef} />
          <RunTable runs={shown} timeZone={timeZone} canEdit={canEdit} />
        </>
      }
    >
      <LoadOlder query={query} end={endWords(isFiltered(view), retention)} />
    </NewerList>
  );
}

/** Where the list ends, and why it does not go further back. */
function endWords(filtered: boolean, retention: { days: number; count: number } | undefined): string {
  const end = filtered ? "No older run matches these filters." : "These are all the runs.";
  if (!retention) return end;
  return `${end} Runs older than ${formatCount(retention.days)} days are deleted, and all but the newest ${formatCount(retention.count)}.`;
}
