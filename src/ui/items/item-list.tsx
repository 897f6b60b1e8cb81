"use client";
import { Button, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconArrowUp } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";
import { LoadOlder } from "@/ui/display/load-older";
import { ItemCompactList } from "./item-compact-list";
import { ItemCount } from "./item-count";
import { detailsButtonId, ItemDrawer } from "./item-drawer";
import type { ItemView } from "./item-filter";
import classes from "./item-list.module.css";
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
  const list = useRef<HTMLDivElement>(null);
  const showMore = async () => {
    // A key that is held down asks once.
    if (query.isFetchingNextPage) return;
    const { data } = await query.fetchNextPage();
    const next = data?.pages.flatMap((page) => page.items)[items.length];
    // Whoever closed the details meanwhile, or went back, stays there.
    if (next) setShownId((shown) => (shown === items.at(-1)?.id ? next.id : shown));
  };
  const beginAnew = () => {
    showNewer();
    // The button vanishes: who used it by keyboard goes on at the list that it leads to.
    list.current?.focus({ preventScroll: true });
    list.current?.scrollIntoView({ block: "start" });
  };
  if (items.length === 0) return typeof empty === "string" ? <Text c="dimmed">{empty}</Text> : empty;
  const Rows = isPage && layout === "compact" ? ItemCompactList : ItemTable;
  return (
    <Stack gap="sm" ref={list} tabIndex={-1} className={classes.list}>
      <Group justify="space-between" ref={topRef}>
        <ItemCount filter={filter} counted={query.data.pages[0]} isPage={isPage} />
        {isPage && <SegmentedControl aria-label="Show items as" data={LAYOUTS} value={layout} onChange={setLayout} />}
      </Group>
      <div>
        <div role="status" className={classes.notice}>
          {newer.count > 0 && (
            <Button radius="xl" leftSection={<IconArrowUp size={16} aria-hidden />} onClick={beginAnew}>
              {newerWords(newer)}
            </Button>
          )}
        </div>
        <Rows items={items} timeZone={timeZone} onOpen={({ id }) => setShownId(id)} />
      </div>
      <LoadOlder query={query} end={items.length > 10 ? "These are all the items." : null} />
      <ItemDrawer
        items={items}
        more={query.hasNextPage ? { isLoading: query.isFetchingNextPage, hasFailed: query.isFetchNextPageError, show: showMore } : null}
        shownId={shownId}
        timeZone={timeZone}
        onShow={setShownId}
        onClosed={(id) => document.getElementById(detailsButtonId(id))?.focus()}
      />
    </Stack>
  );
}
