"use client";
import { Button } from "@mantine/core";
import { IconRepeat } from "@tabler/icons-react";
import type { RunDetail } from "@/domain/run";
import { usePresetOfRun } from "./use-preset-of-run";
import { useStartRun } from "./use-start-run";

/** "Run again" with the preset that the run had, as it is now; nothing once that preset is gone. */
export function RunAgainButton({ run }: { run: RunDetail }) {
  const preset = usePresetOfRun(run);
  const { start, isPending } = useStartRun();
  if (!preset) return null;
  return (
    <Button leftSection={<IconRepeat size={16} aria-hidden />} loading={isPending} onClick={() => start(preset.id)}>
      Run again
    </Button>
  );
}
