import type { Metadata } from "next";
import { Suspense } from "react";
import { SOURCE_PAGING, sourcePageInput, sourcesViewOf } from "@/ui/sources/sources-tab";
import { SourcesView } from "@/ui/sources/sources-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Sources" };

interface SourcesPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What is collected, and how it is grouped into presets. */
export default async function SourcesPage({ searchParams }: SourcesPageProps) {
  const view = sourcesViewOf(await searchParams);
  prefetch(trpc.member.me.queryOptions());
  if (view.tab === "presets") {
    prefetch(trpc.preset.list.queryOptions());
    prefetch(trpc.source.list.queryOptions());
  } else void getQueryClient().prefetchInfiniteQuery(trpc.source.page.infiniteQueryOptions(sourcePageInput(view.list), SOURCE_PAGING));
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <SourcesView view={view} />
      </Suspense>
    </Hydrate>
  );
}
