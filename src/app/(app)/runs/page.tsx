import type { Metadata } from "next";
import { Suspense } from "react";
import { RUN_PAGING, runFilterOf, runListInput } from "@/ui/runs/run-filter";
import { RunsView } from "@/ui/runs/runs-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Runs" };

interface RunsPageProps {
  searchParams: Promise<{ status?: string | string[] }>;
}

/** The ledger of runs. */
export default async function RunsPage({ searchParams }: RunsPageProps) {
  const filter = runFilterOf((await searchParams).status);
  prefetch(trpc.member.me.queryOptions());
  prefetch(trpc.schedule.get.queryOptions());
  prefetch(trpc.preset.list.queryOptions());
  void getQueryClient().prefetchInfiniteQuery(trpc.run.list.infiniteQueryOptions(runListInput(filter), RUN_PAGING));
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <RunsView filter={filter} />
      </Suspense>
    </Hydrate>
  );
}
