"use client";
import { Button, Group, Stack } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import type { RunSummary } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { formatCount } from "@/ui/display/data-table";
import { LoadOlder } from "@/ui/display/load-older";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { useSystemStatus } from "@/ui/shell/use-system-status";
import { EmptyState } from "@/ui/states/empty-state";
import { useTRPC } from "@/ui/trpc/client";
import { RUN_PAGING, type RunFilterName, runListInput } from "./run-filter";
import { RunNowButton } from "./run-now-button";
import { RunStatusFilter } from "./run-status-filter";
import { RunTable } from "./run-table";
import { useRunZone } from "./use-run-zone";

/** While a run is going its row counts up; otherwise the list only looks out for the next scheduled run. */
const REFETCH_ACTIVE_MS = 3_000;
const REFETCH_IDLE_MS = 15_000;

/** The Runs page: status filters, the ledger, and "Load older". */
export function RunsView({ filter }: { filter: RunFilterName }) {
  const trpc = useTRPC();
  const { canEdit } = useMembership();
  const timeZone = useRunZone();
  const query = useSuspenseInfiniteQuery(
    trpc.run.list.infiniteQueryOptions(runListInput(filter), {
      ...RUN_PAGING,
      refetchInterval: ({ state }) => (state.data?.pages[0]?.runs.some(isGoing) ? REFETCH_ACTIVE_MS : REFETCH_IDLE_MS),
    }),
  );
  const runs = query.data.pages.flatMap((page) => page.runs);
  const active = runs.find(isGoing);
  const retention = useSystemStatus().data?.runRetention;

  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <PageTitle>Runs</PageTitle>
        {canEdit && runs.length > 0 && (active ? <ActiveRunLink run={active} /> : <RunNowButton />)}
      </Group>
      <RunStatusFilter value={filter} />
      {runs.length === 0 ? <NoRuns filter={filter} canEdit={canEdit} /> : <RunTable runs={runs} timeZone={timeZone} canEdit={canEdit} />}
      <LoadOlder query={query} end={runs.length > 0 ? endWords(retention) : null} />
    </Stack>
  );
}

/** Where the list ends, and why it does not go further back. */
function endWords(retention: { days: number; count: number } | undefined): string {
  if (!retention) return "These are all the runs.";
  return `These are all the runs. Runs older than ${formatCount(retention.days)} days are deleted, and all but the newest ${formatCount(retention.count)}.`;
}

function isGoing(run: RunSummary): boolean {
  return isActive(run.status);
}

function ActiveRunLink({ run }: { run: RunSummary }) {
  return (
    <Button component={AppLink} href={`/runs/${run.id}`} variant="default">
      Run {run.number} in progress
    </Button>
  );
}

function NoRuns({ filter, canEdit }: { filter: RunFilterName; canEdit: boolean }) {
  if (filter === "all") {
    return <EmptyState action={canEdit && <RunNowButton />}>No runs yet. Each scheduled time and each press of “Run now” gets a row here.</EmptyState>;
  }
  return (
    <EmptyState
      action={
        <Button component={AppLink} href="/runs" variant="default">
          Show all runs
        </Button>
      }
    >
      No run has this status.
    </EmptyState>
  );
}
