"use client";
import { warmPart } from "@/ui/display/warm-part";
import { PresetMenuButton, type PresetMenuProps } from "./preset-menu-button";

/** "Run now", with a list of the presets. */
export const WarmPresetMenu = warmPart<PresetMenuProps>(
  () => import("./preset-menu").then(({ PresetMenu }) => PresetMenu),
  () => <PresetMenuButton />,
);
