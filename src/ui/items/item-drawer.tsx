"use client";
import { Anchor, Drawer, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Item } from "@/domain/item";
import { Fact, FactList } from "@/ui/display/fact-list";
import { moveWithin } from "@/ui/display/move-within";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { ExternalLink } from "./external-link";
import { ItemFields } from "./item-fields";
import { ItemHistory } from "./item-history";
import { ItemNeighbours, type MoreItems } from "./item-neighbours";
import { ItemStateBadge } from "./item-state-badge";
import { RawJson } from "./raw-json";

interface ItemDrawerProps {
  items: readonly Item[];
  /** Where the list goes on after these items; null at its end. */
  more: MoreItems | null;
  /** Null closes the drawer. */
  shownId: string | null;
  timeZone: string;
  onShow: (id: string | null) => void;
  /** Once it has closed, with the item that it showed last. */
  onClosed: (id: string) => void;
}

// A drawer's <header> stands outside of the page's sections and would count as a second banner of the page.
const NO_BANNER = { header: { role: "presentation" } };

const STEPS = { ArrowUp: -1, ArrowDown: 1 };

/** The button that opens an item's details: the focus returns to it. */
export function detailsButtonId(itemId: string): string {
  return `item-${itemId}`;
}

/**
 * Everything that is stored about one item. Up and Down go through the items of the list, also to those that it has not loaded yet; Esc
 * closes it, and the focus returns to the item that was shown last.
 */
export function ItemDrawer({ items, more, shownId, timeZone, onShow, onClosed }: ItemDrawerProps) {
  const index = items.findIndex(({ id }) => id === shownId);
  const item = items[index];
  const lastId = useRef<string | null>(null);
  const go = (to: number) => (to === items.length ? more?.show() : onShow(items[to]?.id ?? shownId));
  const onKeyDown = (event: KeyboardEvent) => {
    // Radio buttons go by these keys themselves.
    if (event.target instanceof HTMLInputElement) return;
    const next = moveWithin(event, index, more ? items.length + 1 : items.length, STEPS);
    if (next === null) return;
    event.preventDefault();
    go(next);
  };
  useEffect(() => {
    if (shownId !== null) lastId.current = shownId;
  }, [shownId]);
  return (
    <Drawer
      opened={item !== undefined}
      onClose={() => onShow(null)}
      onExitTransitionEnd={() => lastId.current && onClosed(lastId.current)}
      onKeyDown={onKeyDown}
      returnFocus={false}
      position="right"
      size="lg"
      title={item ? item.title || item.key : ""}
      closeButtonProps={{ "aria-label": "Close details" }}
      attributes={NO_BANNER}
      styles={{ title: { overflowWrap: "anywhere", fontWeight: 600 } }}
    >
      {item && (
        <Stack gap="lg">
          <ItemNeighbours index={index} count={items.length} more={more} onGo={go} />
          <ItemDetail key={item.id} item={item} timeZone={timeZone} />
        </Stack>
      )}
    </Drawer>
  );
}

const VIEWS = [
  { value: "fields", label: "Fields" },
  { value: "json", label: "JSON" },
];

function ItemDetail({ item, timeZone }: { item: Item; timeZone: string }) {
  const [view, setView] = useState("fields");
  return (
    <Stack gap="lg">
      <Group>
        <ItemStateBadge state={item.state} />
        {item.url && <ExternalLink url={item.url}>{item.url}</ExternalLink>}
      </Group>
      <ItemFacts item={item} timeZone={timeZone} />
      <SegmentedControl data={VIEWS} value={view} onChange={setView} aria-label="Show as" />
      {view === "fields" ? <ItemFields fields={item.fields} base={item.url} /> : <RawJson value={item.fields} />}
      {item.state !== "new" && <ItemHistory itemId={item.id} timeZone={timeZone} />}
    </Stack>
  );
}

function ItemFacts({ item, timeZone }: { item: Item; timeZone: string }) {
  return (
    <FactList cols={{ base: 1, xs: 2 }}>
      <Fact term="Source">
        <Anchor component={AppLink} href={`/sources/${item.sourceId}`} inherit underline="always">
          {item.sourceName}
        </Anchor>
      </Fact>
      <Fact term="Published">{item.publishedAt ? <Instant at={item.publishedAt} timeZone={timeZone} /> : "Not stated"}</Fact>
      <Fact term="First seen">
        <Instant at={item.firstSeenAt} timeZone={timeZone} />
        {", in "}
        {item.firstSeenRunNumber === null ? (
          "a run that is no longer kept"
        ) : (
          <Anchor component={AppLink} href={`/runs/${item.firstSeenRunId}`} inherit underline="always">
            run {item.firstSeenRunNumber}
          </Anchor>
        )}
      </Fact>
      <Fact term="Last change">
        <Instant at={item.lastChangedAt} timeZone={timeZone} />
      </Fact>
      <Fact term="Last seen">
        <Instant at={item.lastSeenAt} timeZone={timeZone} />
        <Text span inherit c="dimmed">
          {item.timesSeen === 1 ? ", once" : `, ${item.timesSeen} times in all`}
        </Text>
      </Fact>
      {item.goneAt && (
        <Fact term="Gone since">
          <Instant at={item.goneAt} timeZone={timeZone} />
        </Fact>
      )}
      <Fact term="Key">{item.key}</Fact>
    </FactList>
  );
}
