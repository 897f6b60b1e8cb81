"use client";
import { ActionIcon, type ActionIconProps } from "@mantine/core";
import { IconDotsVertical } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import type { Preset } from "@/domain/preset";
import type { Schedule } from "@/domain/schedule";
import type { ScheduleControl } from "./use-schedule-control";
import type { ScheduleEditor } from "./use-schedule-editor";

export interface ScheduleMenuProps {
  schedule: Schedule;
  presets: readonly Preset[];
  editor: ScheduleEditor;
  control: ScheduleControl;
  onRemoved: () => void;
}

/** What opens the schedule's menu. */
export function ScheduleMenuButton(target: ActionIconProps & Omit<ComponentProps<"button">, keyof ActionIconProps>) {
  return (
    <ActionIcon variant="default" size={36} aria-label="More about the schedule" aria-haspopup="menu" {...target}>
      <IconDotsVertical size={18} aria-hidden />
    </ActionIcon>
  );
}
