"use client";
import { useQuery } from "@tanstack/react-query";
import { NoMatch } from "@/ui/states/no-match";
import { useTRPC } from "@/ui/trpc/client";
import type { ItemView } from "./item-filter";
import { filterWords } from "./item-words";

/** Filters that no item matches, named; they stay in view above it. */
export function NoMatchingItems({ filter, onClear }: { filter: ItemView; onClear: () => void }) {
  const trpc = useTRPC();
  const { data: sources } = useQuery(trpc.source.list.queryOptions());
  const { data: presets, isLoading } = useQuery({ ...trpc.preset.list.queryOptions(), enabled: Boolean(filter.presetId) });
  const { data: page } = useQuery({ ...trpc.run.list.queryOptions({ limit: 50 }), enabled: Boolean(filter.runId) });
  // Otherwise it would be called deleted for a moment.
  if (isLoading) return null;
  const words = filterWords(filter, {
    source: sources?.find(({ id }) => id === filter.sourceId)?.name,
    preset: presets?.find(({ id }) => id === filter.presetId)?.name,
    run: page?.runs.find(({ id }) => id === filter.runId)?.number,
  });
  return (
    <NoMatch clearHref="/items" onClear={onClear}>
      No item matches {words}.
    </NoMatch>
  );
}
