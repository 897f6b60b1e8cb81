"use client";
import { Skeleton, Text } from "@mantine/core";
import { ErrorState } from "@/ui/states/error-state";
import { DaySection } from "./day-section";
import { HISTORY_HEIGHT } from "./history-height";
import { SlotSection } from "./slot-section";
import { useRunHistory } from "./use-run-history";

/** The last slots and the days, once they are known. */
export function HistoryContent() {
  const query = useRunHistory();
  if (query.isPending) return <Skeleton height={HISTORY_HEIGHT} radius="lg" />;
  if (!query.data) {
    return (
      <ErrorState
        title="Could not load the history"
        error={query.error}
        effect="The schedule is unchanged and still runs."
        retry={() => void query.refetch()}
      />
    );
  }
  const { days, slots } = query.data;
  if (days.length === 0 && slots.length === 0) return <Text c="dimmed">Nothing has run yet. What runs, is skipped or is missed shows here.</Text>;
  return (
    <>
      <SlotSection history={query.data} />
      <DaySection history={query.data} />
    </>
  );
}
