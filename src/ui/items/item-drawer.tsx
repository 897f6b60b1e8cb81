"use client";
import { Anchor, Drawer, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Item } from "@/domain/item";
import { Fact, FactList } from "@/ui/display/fact-list";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { ExternalLink } from "./external-link";
import { ItemFields, JsonBlock } from "./item-fields";
import { ItemHistory } from "./item-history";
import { ItemStateBadge } from "./item-state-badge";

interface ItemDrawerProps {
  /** Null closes the drawer. */
  item: Item | null;
  timeZone: string;
  onClose: () => void;
}

// A drawer's <header> stands outside of the page's sections and would count as a second banner of the page.
const NO_BANNER = { header: { role: "presentation" } };

/** Everything that is stored about one item, as text: what was fetched is never rendered as a page. Esc closes it; focus returns. */
export function ItemDrawer({ item, timeZone, onClose }: ItemDrawerProps) {
  return (
    <Drawer
      opened={item !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={item ? item.title || item.key : ""}
      closeButtonProps={{ "aria-label": "Close details" }}
      attributes={NO_BANNER}
      styles={{ title: { overflowWrap: "anywhere", fontWeight: 600 } }}
    >
      {item && <ItemDetail item={item} timeZone={timeZone} />}
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
      {view === "fields" ? <ItemFields fields={item.fields} /> : <JsonBlock value={item.fields} />}
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
