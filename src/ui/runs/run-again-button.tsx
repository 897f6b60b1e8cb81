"use client";
import { Button } from "@mantine/core";
import { IconRepeat } from "@tabler/icons-react";
import { useSuspenseQuery } from "@tanstack/react-query";
import type { RunDetail } from "@/domain/run";
import { useTRPC } from "@/ui/trpc/client";
import { useStartRun } from "./use-start-run";

/** "Run again" with the preset that the run had, as it is now; nothing once that preset is gone. */
export function RunAgainButton({ run }: { run: RunDetail }) {
  const trpc = useTRPC();
  const { data: presets } = useSuspenseQuery(trpc.preset.list.queryOptions());
  const { start, isPending } = useStartRun();
  const preset = presets.find((each) => each.id === run.presetId);
  if (!preset) return null;
  return (
    <Button leftSection={<IconRepeat size={16} aria-hidden />} loading={isPending} onClick={() => start(preset.id)}>
      Run again
    </Button>
  );
}
