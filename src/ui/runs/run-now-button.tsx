"use client";
import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useSuspenseQueries } from "@tanstack/react-query";
import { AppLink } from "@/ui/shell/app-link";
import { presetsHref } from "@/ui/sources/presets-href";
import { useTRPC } from "@/ui/trpc/client";
import { useStartRun } from "./use-start-run";
import { WarmPresetMenu } from "./warm-preset-menu";

const PLAY = <IconPlayerPlay size={16} aria-hidden />;

/** "Run now" with the schedule's preset; asks which preset where no schedule has chosen one, and leads to Sources where there is none. */
export function RunNowButton() {
  const trpc = useTRPC();
  const [{ data: schedule }, { data: presets }] = useSuspenseQueries({ queries: [trpc.schedule.get.queryOptions(), trpc.preset.list.queryOptions()] });
  const { start, isPending } = useStartRun();
  const presetId = schedule?.presetId ?? (presets.length === 1 ? presets[0]?.id : undefined);

  if (presetId) {
    return (
      <Button leftSection={PLAY} loading={isPending} onClick={() => start(presetId)}>
        Run now
      </Button>
    );
  }
  if (presets.length === 0) {
    return (
      <Button component={AppLink} href={presetsHref("new")} variant="default">
        Add a preset first
      </Button>
    );
  }
  return <WarmPresetMenu presets={presets} start={start} isPending={isPending} />;
}
