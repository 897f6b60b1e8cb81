"use client";
import { Button, Group, Stack } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import type { RunSummary } from "@/domain/run";
import { loadPart } from "@/ui/display/load-part";
import { useMembership } from "@/ui/session/use-membership";
import { AppLink } from "@/ui/shell/app-link";
import { PageTitle } from "@/ui/shell/page-title";
import { useAddressedView } from "@/ui/shell/use-addressed-view";
import { BusyArea } from "@/ui/states/busy-area";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { useTRPC } from "@/ui/trpc/client";
import { NoRuns } from "./no-runs";
import { countOf, isFiltered, type RunView, runScope, runViewHref } from "./run-filter";
import { RunFilterBar } from "./run-filter-bar";
import { RunLayoutControl } from "./run-layout-control";
import { RunList } from "./run-list";
import { RunNowButton } from "./run-now-button";
import { RunStatusFilter } from "./run-status-filter";
import { useActiveRun } from "./use-active-run";
import { useRunZone } from "./use-run-zone";

// Whoever stays with the list need not load it.
const RunTimeline = dynamic(() => loadPart(() => import("./run-timeline").then((module) => module.RunTimeline)), {
  loading: () => <PageSkeleton blocks={[480]} />,
});

/** The Runs page: filters, whose state is the address, and the ledger as a list or as a timeline. */
export function RunsView({ view }: { view: RunView }) {
  const trpc = useTRPC();
  const { canEdit } = useMembership();
  const timeZone = useRunZone();
  const { active, refetchMs } = useActiveRun();
  const { chosen, pending, show, follow } = useAddressedView(view, runViewHref);
  const { data: counts } = useSuspenseQuery(trpc.run.counts.queryOptions(runScope(view), { refetchInterval: refetchMs }));
  const shown = { view, timeZone, canEdit, refetchMs };

  const isEmpty = countOf("all", counts) === 0 && !isFiltered(view);
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <PageTitle>Runs</PageTitle>
        {canEdit && !isEmpty && (active ? <ActiveRunLink run={active} /> : <RunNowButton />)}
      </Group>
      {isEmpty ? (
        <NoRuns canEdit={canEdit} />
      ) : (
        <>
          <RunStatusFilter view={chosen} counts={counts} onFollow={follow} />
          <Group justify="space-between" align="flex-end">
            <RunFilterBar view={chosen} onChange={show} />
            <RunLayoutControl view={chosen} onChange={show} />
          </Group>
          <BusyArea busy={pending}>
            {view.timeline ? <RunTimeline {...shown} chosen={chosen} onChange={show} /> : <RunList key={runViewHref(view)} {...shown} onFollow={follow} />}
          </BusyArea>
        </>
      )}
    </Stack>
  );
}

function ActiveRunLink({ run }: { run: RunSummary }) {
  return (
    <Button component={AppLink} href={`/runs/${run.id}`} variant="default">
      Run {run.number} in progress
    </Button>
  );
}
