"use client";
import { Menu } from "@mantine/core";
import { IconArrowRight, IconNews, IconRepeat, IconRotateClockwise } from "@tabler/icons-react";
import type { RunSummary } from "@/domain/run";
import { isActive } from "@/domain/run-status";
import { ActionsMenu } from "@/ui/display/actions-menu";
import { itemViewHref } from "@/ui/items/item-filter";
import { AppLink } from "@/ui/shell/app-link";
import { retryLabel } from "./run-words";
import { usePresetOfRun } from "./use-preset-of-run";
import { useRetryFailed, useStartRun } from "./use-start-run";

interface RunMenuProps {
  run: RunSummary;
  /** Who may look only finds the ways to the run and to its items. */
  canEdit: boolean;
}

/** What can be done with a run from the list. */
export function RunMenu({ run, canEdit }: RunMenuProps) {
  const { start, isPending: isStarting } = useStartRun();
  const { retryFailed, isPending: isRetrying } = useRetryFailed();
  const preset = usePresetOfRun(run);
  const retry = retryLabel(run);
  const canStart = canEdit && !isActive(run.status);
  return (
    <ActionsMenu label={`Actions of run ${run.number}`} loading={isStarting || isRetrying}>
      <Menu.Item component={AppLink} href={`/runs/${run.id}`} prefetch={false} leftSection={<IconArrowRight size={16} aria-hidden />}>
        Open
      </Menu.Item>
      {run.sourceCount > 0 && (
        <Menu.Item component={AppLink} href={itemViewHref({ runId: run.id })} prefetch={false} leftSection={<IconNews size={16} aria-hidden />}>
          Show items
        </Menu.Item>
      )}
      {canStart && retry && (
        <Menu.Item leftSection={<IconRotateClockwise size={16} aria-hidden />} onClick={() => retryFailed(run.id)}>
          {retry}
        </Menu.Item>
      )}
      {canStart && preset && (
        <Menu.Item leftSection={<IconRepeat size={16} aria-hidden />} onClick={() => start(preset.id)}>
          Run again
        </Menu.Item>
      )}
    </ActionsMenu>
  );
}
