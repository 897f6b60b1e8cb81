"use client";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ItemPage } from "@/domain/item";
import { useTRPC } from "@/ui/trpc/client";
import { type ItemView, isFiltered } from "./item-filter";
import { countWords } from "./item-words";

/** Items come meanwhile; counting all of a million takes the database a second. */
const RECOUNT_MS = 60_000;

interface ItemCountProps {
  filter: ItemView;
  /** What came with the first page. */
  counted: Pick<ItemPage, "total" | "atLeast"> | undefined;
  /** On the Items page: counted to the end, and said to screen readers too. */
  isPage: boolean;
}

/** How many items match: "10,000+" until so many are counted, which nothing else waits for. */
export function ItemCount({ filter, counted = { total: 0, atLeast: 0 }, isPage }: ItemCountProps) {
  const { total, atLeast } = counted;
  const { data } = useQuery(useTRPC().item.count.queryOptions(filter, { enabled: isPage && total === null, refetchInterval: RECOUNT_MS }));
  return (
    <Text size="sm" role={isPage ? "status" : undefined}>
      {countWords({ total: total ?? data?.total ?? null, atLeast }, isPage && isFiltered(filter))}
    </Text>
  );
}
