"use client";
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconRepeat, IconRotateClockwise } from "@tabler/icons-react";
import type { RunSummary } from "@/domain/run";
import { NoValue } from "@/ui/display/data-table";
import { retryLabel } from "./run-words";
import { usePresetOfRun } from "./use-preset-of-run";
import { useRetryFailed, useStartRun } from "./use-start-run";

/** What can be done with an ended run from the list. */
export function RunMenu({ run }: { run: RunSummary }) {
  const preset = usePresetOfRun(run);
  const { start, isPending: isStarting } = useStartRun();
  const { retryFailed, isPending: isRetrying } = useRetryFailed();
  const retry = retryLabel(run);
  if (!preset && !retry) return <NoValue />;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={`Actions of run ${run.number}`} loading={isStarting || isRetrying}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {retry && (
          <Menu.Item leftSection={<IconRotateClockwise size={16} aria-hidden />} onClick={() => retryFailed(run.id)}>
            {retry}
          </Menu.Item>
        )}
        {preset && (
          <Menu.Item leftSection={<IconRepeat size={16} aria-hidden />} onClick={() => start(preset.id)}>
            Run again
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
