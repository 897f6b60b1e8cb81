"use client";
import { Skeleton, Stack, Text, Title } from "@mantine/core";
import { ErrorState } from "@/ui/states/error-state";
import { DaySection } from "./day-section";
import { SlotSection } from "./slot-section";
import { useRunHistory } from "./use-run-history";

const HEIGHT = 620;

/** What ran, day by day, and what became of the last slots, those that were missed or skipped included. */
export function RunHistory() {
  return (
    <Stack gap="sm" component="section" aria-labelledby="history-title">
      <Title order={2} size="h4" id="history-title">
        History
      </Title>
      <HistoryContent />
    </Stack>
  );
}

function HistoryContent() {
  const query = useRunHistory();
  if (query.isPending) return <Skeleton height={HEIGHT} radius="lg" />;
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
