"use client";
import { Anchor, Text } from "@mantine/core";
import type { RunDetail } from "@/domain/run";
import { NoValue } from "@/ui/display/no-value";
import { AppLink } from "@/ui/shell/app-link";
import { presetsHref } from "@/ui/sources/presets-href";
import { usePresetOfRun } from "./use-preset-of-run";

/** What the run collects: the preset under the name it had, and its sources as they were when the run began. */
export function PresetSnapshot({ run }: { run: RunDetail }) {
  const preset = usePresetOfRun(run);
  if (run.presetName === null) return <NoValue />;
  return (
    <>
      {preset ? (
        <Anchor component={AppLink} href={presetsHref(preset.id)} prefetch={false} inherit underline="always">
          {run.presetName}
        </Anchor>
      ) : (
        run.presetName
      )}
      <Text span inherit c="dimmed">
        {snapshotWords(run.sources.length, preset && preset.name !== run.presetName ? preset.name : null)}
      </Text>
    </>
  );
}

function snapshotWords(count: number, nameNow: string | null): string {
  const sources = count === 0 ? "" : `, ${count === 1 ? "1 source" : `${count} sources`} as they were then`;
  return nameNow === null ? sources : `${sources}, now called “${nameNow}”`;
}
