"use client";
import { Group, Pill, Select } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { SearchField } from "@/ui/display/search-field";
import { useTRPC } from "@/ui/trpc/client";
import type { ItemView } from "./item-filter";

interface ItemFilterBarProps {
  view: ItemView;
  onChange: (view: ItemView) => void;
}

/** Text, source and run. The text waits until the typing pauses. */
export function ItemFilterBar({ view, onChange }: ItemFilterBarProps) {
  const trpc = useTRPC();
  const { data: sources } = useSuspenseQuery(trpc.source.list.queryOptions());
  return (
    <Group align="flex-end" role="search" aria-label="Filter items">
      <SearchField label="Search in titles" value={view.text ?? ""} onChange={(text) => onChange({ ...view, text: text || undefined })} />
      <Select
        label="Source"
        placeholder="All sources"
        data={sources.map((source) => ({ value: source.id, label: source.name }))}
        value={view.sourceId ?? null}
        onChange={(sourceId) => onChange({ ...view, sourceId: sourceId ?? undefined })}
        searchable
        clearable
        limit={50}
        nothingFoundMessage="No source has this name."
        clearButtonProps={{ "aria-label": "Show all sources" }}
        w={{ base: "100%", xs: 260 }}
      />
      {view.runId && (
        <Pill
          size="lg"
          withRemoveButton
          onRemove={() => onChange({ ...view, runId: undefined })}
          removeButtonProps={{ "aria-label": "Show items of all runs" }}
        >
          Of one run
        </Pill>
      )}
    </Group>
  );
}
