"use client";
import { useQuery, useQueryClient, useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useScrolledPast } from "@/ui/display/use-scrolled-past";
import { useTRPC } from "@/ui/trpc/client";
import { ITEM_PAGING, type ItemView, itemListInput } from "./item-filter";
import { newerThan } from "./newer-items";

interface ItemPagesOptions {
  /** Asks again this often; false asks once. */
  refetchMs: number | false;
  /** Whether newer items wait for `showNewer` while somebody has scrolled down, has loaded older ones or reads one. */
  holdsBack: boolean;
  isReadingOne: boolean;
}

/**
 * The items of a view, page by page. A page begins after the last item of the one before, so none comes twice when others arrive meanwhile.
 * What is shown keeps itself up to date, unless that would move it under somebody's eyes: then it is only told how much is newer.
 */
export function useItemPages(view: ItemView, { refetchMs, holdsBack, isReadingOne }: ItemPagesOptions) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const input = itemListInput(view);
  const { ref: topRef, isPast } = useScrolledPast();
  const pagesKey = trpc.item.list.infiniteQueryKey(input);
  const hasLoadedOlder = (queryClient.getQueryData(pagesKey)?.pages.length ?? 0) > 1;
  const holds = holdsBack && (isReadingOne || isPast || hasLoadedOlder);
  const keepsUp = { refetchInterval: holds ? false : refetchMs, refetchOnWindowFocus: !holds, refetchOnReconnect: !holds } as const;
  const query = useSuspenseInfiniteQuery(trpc.item.list.infiniteQueryOptions(input, { ...ITEM_PAGING, ...keepsUp }));
  const newest = useQuery(
    trpc.item.list.queryOptions(input, {
      enabled: holds,
      refetchInterval: refetchMs,
      initialData: query.data.pages[0],
      initialDataUpdatedAt: query.dataUpdatedAt,
    }),
  ).data;
  const items = query.data.pages.flatMap((page) => page.items);
  return {
    query,
    items,
    topRef,
    newer: holds && newest ? newerThan(items[0], newest) : { count: 0, isMore: false },
    /** Begins the list anew at the newest. */
    showNewer: () => newest && queryClient.setQueryData(pagesKey, (old) => old && { pages: [newest], pageParams: old.pageParams.slice(0, 1) }),
  };
}
