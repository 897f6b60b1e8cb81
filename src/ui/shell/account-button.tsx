"use client";
import { ActionIcon, type ActionIconProps } from "@mantine/core";
import { IconUserCircle } from "@tabler/icons-react";
import type { ComponentProps } from "react";

export interface AccountMenuProps {
  name: string;
  email: string;
  role: string;
}

/** What opens the account menu. */
export function AccountButton({ name, ...target }: ActionIconProps & Omit<ComponentProps<"button">, keyof ActionIconProps> & { name: string }) {
  return (
    <ActionIcon variant="subtle" color="gray" c="var(--mantine-color-text)" size={44} aria-label={`Account of ${name}`} aria-haspopup="menu" {...target}>
      <IconUserCircle size={22} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}
