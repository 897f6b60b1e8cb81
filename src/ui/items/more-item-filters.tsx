"use client";
import { Fieldset, Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { SOURCE_HEALTHS } from "@/domain/item";
import { DayField } from "@/ui/display/day-field";
import { useMembership } from "@/ui/session/use-membership";
import { useNow } from "@/ui/time/now";
import { usePreferences } from "@/ui/time/preferences";
import { formatInstant } from "@/ui/time/zoned-time";
import { useTRPC } from "@/ui/trpc/client";
import type { ItemView } from "./item-filter";
import { SOURCE_HEALTH_WORDS } from "./item-words";
import { optionsOf } from "./named-options";

const MINUTE_MS = 60_000;
const HEALTHS = SOURCE_HEALTHS.map((value) => ({ value, label: SOURCE_HEALTH_WORDS[value] }));
/** Older runs are reached from the list of runs. */
const NEWEST_RUNS = { limit: 50 };

interface MoreItemFiltersProps {
  view: ItemView;
  onChange: (view: ItemView) => void;
}

/** Preset, run, health of the source, and the days on which items were collected or published. */
export function MoreItemFilters({ view, onChange }: MoreItemFiltersProps) {
  const { data: presets } = useQuery(useTRPC().preset.list.queryOptions());
  const runs = useRunOptions();
  return (
    <Group align="flex-end">
      <Select
        label="Preset"
        placeholder="All presets"
        data={optionsOf(presets, view.presetId, "A deleted preset")}
        value={view.presetId ?? null}
        onChange={(presetId) => onChange({ ...view, presetId: presetId ?? undefined })}
        searchable
        clearable
        limit={50}
        nothingFoundMessage="No preset has this name."
        clearButtonProps={{ "aria-label": "Show items of all presets" }}
        w={{ base: "100%", xs: 220 }}
      />
      <Select
        label="Run"
        placeholder="All runs"
        data={optionsOf(runs, view.runId, "An older run")}
        value={view.runId ?? null}
        onChange={(runId) => onChange({ ...view, runId: runId ?? undefined })}
        searchable
        clearable
        nothingFoundMessage="None of the newest 50 runs."
        clearButtonProps={{ "aria-label": "Show items of all runs" }}
        w={{ base: "100%", xs: 260 }}
      />
      <Select
        label="Health of the source"
        placeholder="Any"
        data={HEALTHS}
        value={view.sourceHealth ?? null}
        onChange={(health) => onChange({ ...view, sourceHealth: (health as ItemView["sourceHealth"] | null) ?? undefined })}
        clearable
        clearButtonProps={{ "aria-label": "Show items of all sources, failing or not" }}
        w={{ base: "100%", xs: 180 }}
      />
      <Days legend="Collected or changed">
        <DayField label="Collected from" value={view.collectedFrom} onChange={(collectedFrom) => onChange({ ...view, collectedFrom })} />
        <DayField label="Collected to" value={view.collectedTo} onChange={(collectedTo) => onChange({ ...view, collectedTo })} />
      </Days>
      <Days legend="Published">
        <DayField label="Published from" value={view.publishedFrom} onChange={(publishedFrom) => onChange({ ...view, publishedFrom })} />
        <DayField label="Published to" value={view.publishedTo} onChange={(publishedTo) => onChange({ ...view, publishedTo })} />
      </Days>
    </Group>
  );
}

function Days({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <Fieldset variant="unstyled" m={0} p={0} aria-label={legend} w={{ base: "100%", xs: "auto" }}>
      <Group align="flex-end">{children}</Group>
    </Fieldset>
  );
}

function useRunOptions() {
  const { data } = useQuery(useTRPC().run.list.queryOptions(NEWEST_RUNS));
  const { timeZone } = useMembership();
  const { clockStyle } = usePreferences();
  const now = useNow(MINUTE_MS);
  return data?.runs.map(({ id, number, queuedAt }) => ({ id, name: `Run ${number}: ${formatInstant(queuedAt, timeZone, now, clockStyle)}` }));
}
