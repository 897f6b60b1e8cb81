"use client";
import { warmPart } from "@/ui/display/warm-part";
import { ScheduleMenuButton, type ScheduleMenuProps } from "./schedule-menu-button";

/** What is done to a schedule seldom. */
export const WarmScheduleMenu = warmPart<ScheduleMenuProps>(
  () => import("./schedule-menu").then(({ ScheduleMenu }) => ScheduleMenu),
  () => <ScheduleMenuButton />,
);
