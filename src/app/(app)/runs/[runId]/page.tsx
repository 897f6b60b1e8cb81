import type { Metadata } from "next";
import { Suspense } from "react";
import { ITEM_PAGING, itemListInput } from "@/ui/items/item-filter";
import { RunView } from "@/ui/runs/run-view";
import { getOrNotFound } from "@/ui/session/get-or-not-found";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/ui/trpc/server";

interface RunPageProps {
  params: Promise<{ runId: string }>;
}

export async function generateMetadata({ params }: RunPageProps): Promise<Metadata> {
  const { runId } = await params;
  const run = await getOrNotFound(trpc.run.get.queryOptions({ runId }));
  return { title: `Run ${run.number}` };
}

/** One run. */
export default async function RunPage({ params }: RunPageProps) {
  const { runId } = await params;
  prefetch(trpc.member.me.queryOptions());
  prefetch(trpc.schedule.get.queryOptions());
  prefetch(trpc.preset.list.queryOptions());
  await getOrNotFound(trpc.run.get.queryOptions({ runId }));
  // After the run: of one that has ended by now these are all items, while read before it they could lack the last ones for good.
  void getQueryClient().prefetchInfiniteQuery(trpc.item.list.infiniteQueryOptions(itemListInput({ runId }), ITEM_PAGING));
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <RunView runId={runId} />
      </Suspense>
    </Hydrate>
  );
}
