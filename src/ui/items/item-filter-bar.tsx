"use client";
import { CloseButton, Group, Pill, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
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
      <TextFilter value={view.text ?? ""} onChange={(text) => onChange({ ...view, text: text || undefined })} />
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

function TextFilter({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  const [shownValue, setShownValue] = useState(value);
  // The address changed by other means (Back, "Clear filters"): what is typed follows it.
  if (shownValue !== value) {
    setShownValue(value);
    if (text.trim() !== value) setText(value);
  }
  const search = useDebouncedCallback((next: string) => onChange(next.trim()), 300);
  const type = (next: string) => {
    setText(next);
    search(next);
  };
  return (
    <TextInput
      type="search"
      label="Search in titles"
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      maxLength={200}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text && <CloseButton size="sm" aria-label="Clear the search" onClick={() => type("")} />}
      w={{ base: "100%", xs: 320 }}
    />
  );
}
