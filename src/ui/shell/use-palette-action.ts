"use client";
import { useMantineColorScheme } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useSwitchOrganization } from "@/ui/organization/use-switch-organization";
import { useStartRun } from "@/ui/runs/use-start-run";
import type { ScheduleControl } from "@/ui/schedule/use-schedule-control";
import { mayLeave } from "./leave-guard";
import type { PaletteAction } from "./palette-commands";

/** Carries a command out, by what the page's own buttons call, so that it asks, answers and fails as they do. */
export function usePaletteAction(control: ScheduleControl, onShowShortcuts: () => void): (action: PaletteAction) => void {
  const router = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const { switchTo } = useSwitchOrganization();
  const { start } = useStartRun();
  return (action) => {
    switch (action.does) {
      case "go":
        return mayLeave() ? router.push(action.href) : undefined;
      case "run":
        // It leads to the run.
        return mayLeave() ? start(action.presetId) : undefined;
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
