import { Group, Progress, Stack, Text } from "@mantine/core";
import type { RunDetail } from "@/domain/run";
import { useNow } from "@/ui/time/now";
import { etaWords } from "./run-eta";
import { progressWords, runProgress } from "./run-progress";

/** "9 of 14 sources" as a bar and in words, and how long it probably still takes. */
export function RunProgressBar({ run }: { run: RunDetail }) {
  const progress = runProgress(run);
  const words = progressWords(progress);
  return (
    <Stack gap={4}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {words}
        </Text>
        <Text size="sm" c="dimmed" style={{ fontVariantNumeric: "tabular-nums" }}>
          <Eta run={run} />
          {progress.percent} %
        </Text>
      </Group>
      <Progress.Root size="lg">
        <Progress.Section value={progress.percent} aria-label="Progress" aria-valuetext={words} />
      </Progress.Root>
    </Stack>
  );
}

function Eta({ run }: { run: RunDetail }) {
  const words = etaWords(run, useNow());
  return words && `${words} · `;
}
