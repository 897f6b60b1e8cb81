import type { Metadata } from "next";
import { Suspense } from "react";
import { ITEM_PAGING, itemListInput, itemViewOf } from "@/ui/items/item-filter";
import { ItemsView } from "@/ui/items/items-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Items" };

interface ItemsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What was collected. */
export default async function ItemsPage({ searchParams }: ItemsPageProps) {
  const view = itemViewOf(await searchParams);
  prefetch(trpc.member.me.queryOptions());
  prefetch(trpc.source.list.queryOptions());
  void getQueryClient().prefetchInfiniteQuery(trpc.item.list.infiniteQueryOptions(itemListInput(view), ITEM_PAGING));
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ItemsView view={view} />
      </Suspense>
    </Hydrate>
  );
}
