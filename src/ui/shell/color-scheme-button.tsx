"use client";
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconMoon, IconSun } from "@tabler/icons-react";

/** Switches between light and dark. The server does not know the scheme, so both icons are there until the page has hydrated. */
export function ColorSchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="var(--mantine-color-text)"
      size={44}
      aria-label="Switch between light and dark"
      onClick={() => setColorScheme(other)}
    >
      <IconSun className="mantine-light-hidden" size={20} stroke={1.7} aria-hidden />
      <IconMoon className="mantine-dark-hidden" size={20} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}
