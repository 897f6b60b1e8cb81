"use client";
import { Button, Collapse, Group, Select, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useSuspenseQuery } from "@tanstack/react-query";
import { ITEM_STATES, type Item } from "@/domain/item";
import { SearchField } from "@/ui/display/search-field";
import { AppLink } from "@/ui/shell/app-link";
import { useTRPC } from "@/ui/trpc/client";
import { type ItemView, isFiltered } from "./item-filter";
import { ITEM_STATE_WORDS } from "./item-words";
import { MoreItemFilters } from "./more-item-filters";
import { optionsOf } from "./named-options";

interface ItemFilterBarProps {
  view: ItemView;
  onChange: (view: ItemView) => void;
  /** Shows all items. */
  onClear: () => void;
}

const STATES = ITEM_STATES.map((value) => ({ value, label: ITEM_STATE_WORDS[value] }));

/** Text, source and state, and behind a button preset, run, health and days; those that narrow the list are open from the start. */
export function ItemFilterBar({ view, onChange, onClear }: ItemFilterBarProps) {
  const { data: sources } = useSuspenseQuery(useTRPC().source.list.queryOptions());
  const { presetId, runId, sourceHealth, collectedFrom, collectedTo, publishedFrom, publishedTo } = view;
  const more = [presetId, runId, sourceHealth, collectedFrom || collectedTo, publishedFrom || publishedTo].filter(Boolean).length;
  const [opened, { toggle }] = useDisclosure(more > 0);
  return (
    <Stack gap="sm" role="search" aria-label="Filter items">
      <Group align="flex-end">
        <SearchField label="Search items" value={view.text ?? ""} onChange={(text) => onChange({ ...view, text: text || undefined })} />
        <Select
          label="Source"
          placeholder="All sources"
          data={optionsOf(sources, view.sourceId, "A deleted source")}
          value={view.sourceId ?? null}
          onChange={(sourceId) => onChange({ ...view, sourceId: sourceId ?? undefined })}
          searchable
          clearable
          limit={50}
          nothingFoundMessage="No source has this name."
          clearButtonProps={{ "aria-label": "Show all sources" }}
          w={{ base: "100%", xs: 240 }}
        />
        <Select
          label="State"
          placeholder="Any"
          data={STATES}
          value={view.state ?? null}
          onChange={(state) => onChange({ ...view, state: (state as Item["state"] | null) ?? undefined })}
          clearable
          clearButtonProps={{ "aria-label": "Show items in any state" }}
          w={{ base: "100%", xs: 150 }}
        />
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />} onClick={toggle} aria-expanded={opened}>
          More filters{more > 0 && ` (${more})`}
        </Button>
        {isFiltered(view) && (
          <Button component={AppLink} href="/items" onFollow={onClear} variant="subtle">
            Clear filters
          </Button>
        )}
      </Group>
      <Collapse expanded={opened}>{opened && <MoreItemFilters view={view} onChange={onChange} />}</Collapse>
    </Stack>
  );
}
