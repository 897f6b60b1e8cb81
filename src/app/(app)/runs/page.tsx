import type { Metadata } from "next";
import { Suspense } from "react";
import { ACTIVE_RUN_INPUT } from "@/ui/runs/active-run-input";
import { RUN_PAGING, runListInput, runScope, runTimelineInput, runViewOf } from "@/ui/runs/run-filter";
import { RunsView } from "@/ui/runs/runs-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Runs" };

interface RunsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The ledger of runs. */
export default async function RunsPage({ searchParams }: RunsPageProps) {
  const view = runViewOf(await searchParams);
  prefetch(trpc.member.me.queryOptions());
  prefetch(trpc.schedule.get.queryOptions());
  prefetch(trpc.preset.list.queryOptions());
  prefetch(trpc.run.counts.queryOptions(runScope(view)));
  prefetch(trpc.run.list.queryOptions(ACTIVE_RUN_INPUT));
  if (view.timeline) prefetch(trpc.run.timeline.queryOptions(runTimelineInput(view)));
  else void getQueryClient().prefetchInfiniteQuery(trpc.run.list.infiniteQueryOptions(runListInput(view), RUN_PAGING));
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <RunsView view={view} />
      </Suspense>
    </Hydrate>
  );
}
