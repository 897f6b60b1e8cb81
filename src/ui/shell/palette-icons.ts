import {
  type Icon,
  IconArrowRight,
  IconBuilding,
  IconKeyboard,
  IconListCheck,
  IconPalette,
  IconPlayerPause,
  IconPlayerPlay,
  IconRss,
  IconStack2,
} from "@tabler/icons-react";
import { NAVIGATION_ITEMS } from "./navigation-items";
import type { Command, PaletteAction } from "./palette-commands";

const OF_ACTIONS: Record<PaletteAction["does"], Icon> = {
  go: IconArrowRight,
  run: IconPlayerPlay,
  pause: IconPlayerPause,
  resume: IconPlayerPlay,
  shortcuts: IconKeyboard,
  switch: IconBuilding,
  scheme: IconPalette,
};
const OF_GROUPS: Partial<Record<Command["group"], Icon>> = { Runs: IconListCheck, Sources: IconRss, Presets: IconStack2 };

/** The picture beside a command: its page's own, else that of its kind. */
export function commandIcon({ group, action }: Command): Icon {
  const page = action.does === "go" ? NAVIGATION_ITEMS.find(({ href }) => href === action.href) : undefined;
  return page?.icon ?? OF_GROUPS[group] ?? OF_ACTIONS[action.does];
}
