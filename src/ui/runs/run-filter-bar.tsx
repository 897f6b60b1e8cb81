"use client";
import { Group, Select } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import type { Preset } from "@/domain/preset";
import type { RunTrigger } from "@/domain/run-status";
import { DayField } from "@/ui/display/day-field";
import { useTRPC } from "@/ui/trpc/client";
import { RUN_TRIGGER_OPTIONS, type RunView } from "./run-filter";

/** On a small screen two stand side by side. */
const HALF = "calc(50% - var(--mantine-spacing-md) / 2)";

interface RunFilterBarProps {
  view: RunView;
  onChange: (view: RunView) => void;
}

/** Who began the runs, their preset and, above a list, their days. */
export function RunFilterBar({ view, onChange }: RunFilterBarProps) {
  const trpc = useTRPC();
  const { data: presets } = useSuspenseQuery(trpc.preset.list.queryOptions());
  return (
    <Group align="flex-end" role="search" aria-label="Filter runs">
      <Select
        label="Started by"
        placeholder="Anybody"
        data={RUN_TRIGGER_OPTIONS}
        value={view.trigger ?? null}
        onChange={(trigger) => onChange({ ...view, trigger: (trigger as RunTrigger | null) ?? undefined })}
        clearable
        clearButtonProps={{ "aria-label": "Show runs started by anybody" }}
        w={{ base: HALF, xs: 180 }}
      />
      <Select
        label="Preset"
        placeholder="All presets"
        data={presetOptions(presets, view.presetId)}
        value={view.presetId ?? null}
        onChange={(presetId) => onChange({ ...view, presetId: presetId ?? undefined })}
        searchable
        clearable
        limit={50}
        nothingFoundMessage="No preset has this name."
        clearButtonProps={{ "aria-label": "Show runs of all presets" }}
        w={{ base: HALF, xs: 220 }}
      />
      {!view.timeline && (
        <>
          <DayField label="From" value={view.from} onChange={(from) => onChange({ ...view, from })} />
          <DayField label="To" value={view.to} onChange={(to) => onChange({ ...view, to })} />
        </>
      )}
    </Group>
  );
}

/** A filter by a preset that was deleted still shows as one. */
function presetOptions(presets: readonly Preset[], chosen: string | undefined) {
  const options = presets.map(({ id, name }) => ({ value: id, label: name }));
  const isGone = chosen !== undefined && !presets.some(({ id }) => id === chosen);
  return isGone ? [...options, { value: chosen, label: "A deleted preset" }] : options;
}
