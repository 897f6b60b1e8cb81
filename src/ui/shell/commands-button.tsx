"use client";
import { ActionIcon } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useShowCommands } from "./commands";

/** The way to the command palette for whoever has no keyboard, or does not know its shortcut. */
export function CommandsButton() {
  const show = useShowCommands();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="var(--mantine-color-text)"
      size={44}
      aria-label="Find or do something"
      aria-keyshortcuts="Control+K Meta+K"
      title="Find or do something (Ctrl or ⌘ and K)"
      onClick={() => show("palette")}
    >
      <IconSearch size={20} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}
