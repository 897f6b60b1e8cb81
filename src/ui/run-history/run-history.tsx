"use client";
import { Skeleton, Stack, Title } from "@mantine/core";
import dynamic from "next/dynamic";
import { loadPart } from "@/ui/display/load-part";
import { WhenNear } from "@/ui/display/when-near";
import { HISTORY_HEIGHT } from "./history-height";

const HistoryContent = dynamic(() => loadPart(() => import("./history-content").then((module) => module.HistoryContent)), {
  ssr: false,
  loading: () => <Skeleton height={HISTORY_HEIGHT} radius="lg" />,
});

/** What ran, day by day, and what became of the last slots, those that were missed or skipped included. */
export function RunHistory() {
  return (
    <Stack gap="sm" component="section" aria-labelledby="history-title">
      <Title order={2} size="h4" id="history-title">
        History
      </Title>
      <WhenNear height={HISTORY_HEIGHT}>
        <HistoryContent />
      </WhenNear>
    </Stack>
  );
}
