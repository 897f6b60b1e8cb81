"use client";
import { Button, type ButtonProps } from "@mantine/core";
import { IconChevronDown, IconPlayerPlay } from "@tabler/icons-react";
import type { ComponentProps } from "react";

export interface PresetMenuProps {
  presets: readonly { id: string; name: string }[];
  start: (presetId: string) => void;
  isPending: boolean;
}

/** "Run now", where it is still to be asked with which preset. */
export function PresetMenuButton(target: ButtonProps & Omit<ComponentProps<"button">, keyof ButtonProps>) {
  return (
    <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} rightSection={<IconChevronDown size={16} aria-hidden />} aria-haspopup="menu" {...target}>
      Run now
    </Button>
  );
}
