import { Group, Progress, Stack, Text } from "@mantine/core";
import type { RunDetail } from "@/domain/run";
import { progressWords, runProgress } from "./run-progress";

/** "9 of 14 sources" as a bar and in words. */
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
          {progress.percent} %
        </Text>
      </Group>
      <Progress.Root size="lg">
        <Progress.Section value={progress.percent} aria-label="Progress" aria-valuetext={words} />
      </Progress.Root>
    </Stack>
  );
}
