"use client";
import { ActionIcon, Menu, type MenuProps } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface ActionsMenuProps extends Pick<MenuProps, "position"> {
  /** Names what they are done with: "Actions for Ops". */
  label: string;
  /** Something that was picked is being done. */
  loading?: boolean;
  /** Menu items. */
  children: ReactNode;
}

/** What can be done with one thing of a list, behind three dots. */
export function ActionsMenu({ label, loading = false, position = "bottom-end", children }: ActionsMenuProps) {
  return (
    <Menu position={position} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={label} loading={loading}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
