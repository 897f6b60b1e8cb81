"use client";
import { Menu } from "@mantine/core";
import { PresetMenuButton, type PresetMenuProps } from "./preset-menu-button";

/** "Run now", with a list of the presets. */
export function PresetMenu({ presets, start, isPending }: PresetMenuProps) {
  return (
    <Menu>
      <Menu.Target>
        <PresetMenuButton loading={isPending} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Which preset?</Menu.Label>
        {presets.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => start(id)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
