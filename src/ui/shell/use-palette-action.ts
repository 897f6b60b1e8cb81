"use client";
import { useMantineColorScheme } from "@mantine/core";
import { useSwitchOrganization } from "@/ui/organization/use-switch-organization";
import { useStartRun } from "@/ui/runs/use-start-run";
import type { ScheduleControl } from "@/ui/schedule/use-schedule-control";
import type { PaletteAction } from "./palette-commands";
import { useGo } from "./use-go";

/** Carries a command out, by what the page's own buttons call, so that it asks, answers and fails as they do. */
export function usePaletteAction(control: ScheduleControl, onShowShortcuts: () => void): (action: PaletteAction) => void {
  const { go } = useGo();
  const { setColorScheme } = useMantineColorScheme();
  const { switchTo } = useSwitchOrganization();
  const { start } = useStartRun();
  return (action) => {
    switch (action.does) {
      case "go":
        return void go(action.href);
      case "run":
        return start(action.presetId);
      case "pause":
        return control.ask();
      case "resume":
        return control.resume();
      case "shortcuts":
        return onShowShortcuts();
      case "switch":
        return switchTo(action.organizationId);
      case "scheme":
        return setColorScheme(action.scheme);
    }
  };
}
