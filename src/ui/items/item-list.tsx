"use client";
import { Group, SegmentedControl, Text } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { LoadOlder } from "@/ui/display/load-older";
import { NewerList } from "@/ui/display/newer-list";
import { ItemCompactList } from "./item-compact-list";
import { ItemCount } from "./item-count";
import { detailsButtonId, ItemDrawer } from "./item-drawer";
import type { ItemView } from "./item-filter";
import { ItemTable } from "./item-table";
import { newerWords } from "./newer-items";
import { useItemPages } from "./use-item-pages";

interface ItemListProps {
  filter: ItemView;
  /** The zone in which its times are written. */
  timeZone: string;
  /** Asks again this often; false asks once. */
  refetchMs?: number | false;
  /** On the Items page: says how many match, to screen readers too when a filter changes it, and can be shown as a compact list. */
  isPage?: boolean;
  /** Shown when nothing matches. */
  empty: ReactNode;
}

const LAYOUTS = [
  { value: "table", label: "Table" },
  { value: "compact", label: "Compact" },
];

/** Items that match a filter: their number, the table or a compact list, "Load older", and one item's details in a drawer. */
export function ItemList({ filter, timeZone, refetchMs = false, isPage = false, empty }: ItemListProps) {
  const [shownId, setShownId] = useState<string | null>(null);
  const [layout, setLayout] = useLocalStorage({ key: "milkrun-items-as", defaultValue: "table" });
  const { query, items, topRef, newer, showNewer } = useItemPages(filter, { refetchMs, holdsBack: isPage, isReadingOne: shownId !== null });
  const showMore = async () => {
    // A key that is held down asks once.
    if (query.isFetchingNextPage) return;
    const { data } = await query.fetchNextPage();
    const next = data?.pages.flatMap((page) => page.items)[items.length];
    // Whoever closed the details meanwhile, or went back, stays there.
    if (next) setShownId((shown) => (shown === items.at(-1)?.id ? next.id : shown));
  };
  if (items.length === 0) return typeof empty === "string" ? <Text c="dimmed">{empty}</Text> : empty;
  const Rows = isPage && layout === "compact" ? ItemCompactList : ItemTable;
  return (
    <NewerList
      gap="sm"
      newer={newer.count > 0 ? newerWords(newer) : null}
      onShowNewer={showNewer}
      head={
        <Group justify="space-between" ref={topRef}>
          <ItemCount filter={filter} counted={query.data.pages[0]} isPage={isPage} />
          {isPage && <SegmentedControl aria-label="Show items as" data={LAYOUTS} value={layout} onChange={setLayout} />}
        </Group>
      }
      rows={<Rows items={items} timeZone={timeZone} onOpen={({ id }) => setShownId(id)} />}
    >
      <LoadOlder query={query} end={items.length > 10 ? "These are all the items." : null} />
      <ItemDrawer
        items={items}
        more={query.hasNextPage ? { isLoading: query.isFetchingNextPage, hasFailed: query.isFetchNextPageError, show: showMore } : null}
        shownId={shownId}
        timeZone={timeZone}
        onShow={setShownId}
        onClosed={(id) => document.getElementById(detailsButtonId(id))?.focus()}
      />
    </NewerList>
  );
}
