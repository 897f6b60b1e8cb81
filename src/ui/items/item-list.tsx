"use client";
import { Stack, Text } from "@mantine/core";
import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Item } from "@/domain/item";
import { formatCount } from "@/ui/display/count";
import { LoadOlder } from "@/ui/display/load-older";
import { useTRPC } from "@/ui/trpc/client";
import { ItemDrawer } from "./item-drawer";
import { ITEM_PAGING, type ItemView, itemListInput } from "./item-filter";
import { ItemTable } from "./item-table";

interface ItemListProps {
  filter: ItemView;
  /** The zone in which its times are written. */
  timeZone: string;
  /** Asks again this often; false asks once. */
  refetchMs?: number | false;
  /** Tells screen readers when the number changes: wanted where a filter changes it, a nuisance where a run does. */
  announceCount?: boolean;
  /** Shown when nothing matches. */
  empty: ReactNode;
}

/** Items that match a filter: their number, the table, "Load older", and one item's details in a drawer. */
export function ItemList({ filter, timeZone, refetchMs = false, announceCount = false, empty }: ItemListProps) {
  const trpc = useTRPC();
  const [shown, setShown] = useState<Item | null>(null);
  const query = useSuspenseInfiniteQuery(trpc.item.list.infiniteQueryOptions(itemListInput(filter), { ...ITEM_PAGING, refetchInterval: refetchMs }));
  const items = query.data.pages.flatMap((page) => page.items);
  const total = query.data.pages[0]?.total ?? null;
  if (items.length === 0) return typeof empty === "string" ? <Text c="dimmed">{empty}</Text> : empty;
  return (
    <Stack gap="sm">
      <Text size="sm" role={announceCount ? "status" : undefined}>
        {countWords(total ?? items.length, total === null && query.hasNextPage)}
      </Text>
      <ItemTable items={items} timeZone={timeZone} onOpen={setShown} />
      <LoadOlder query={query} end={items.length > 10 ? "These are all the items." : null} />
      <ItemDrawer item={shown} timeZone={timeZone} onClose={() => setShown(null)} />
    </Stack>
  );
}

function countWords(count: number, more: boolean): string {
  return `${formatCount(count)}${more ? " or more" : ""} ${count === 1 ? "item" : "items"}`;
}
