import type { Metadata } from "next";
import { Suspense } from "react";
import { ITEM_PAGING, isFiltered, itemListInput, itemsAddressOf, shownFilter } from "@/ui/items/item-filter";
import { ItemsView } from "@/ui/items/items-view";
import { PageSkeleton } from "@/ui/states/page-skeleton";
import { getQueryClient, Hydrate, prefetch, trpc } from "@/ui/trpc/server";

export const metadata: Metadata = { title: "Items" };

interface ItemsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What was collected. */
export default async function ItemsPage({ searchParams }: ItemsPageProps) {
  const address = itemsAddressOf(await searchParams);
  const client = getQueryClient();
  prefetch(trpc.member.me.queryOptions());
  prefetch(trpc.source.list.queryOptions());
  prefetch(trpc.view.list.queryOptions());
  // Only a view that is named alone has to be looked up first. Whoever may not see it is told by the page.
  const isNamedAlone = address.savedViewId !== undefined && !isFiltered(address.filter);
  const views = isNamedAlone ? await client.fetchQuery(trpc.view.list.queryOptions()).catch(() => []) : [];
  void client.prefetchInfiniteQuery(trpc.item.list.infiniteQueryOptions(itemListInput(shownFilter(address, views)), ITEM_PAGING));
  return (
    <Hydrate>
      <Suspense fallback={<PageSkeleton />}>
        <ItemsView address={address} />
      </Suspense>
    </Hydrate>
  );
}
