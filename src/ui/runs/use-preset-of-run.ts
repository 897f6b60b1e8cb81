"use client";
import { useSuspenseQuery } from "@tanstack/react-query";
import type { Preset } from "@/domain/preset";
import type { RunSummary } from "@/domain/run";
import { useTRPC } from "@/ui/trpc/client";

/** The preset that the run had, as it is now; undefined once it is gone. */
export function usePresetOfRun(run: Pick<RunSummary, "presetId">): Preset | undefined {
  const trpc = useTRPC();
  const { data: presets } = useSuspenseQuery(trpc.preset.list.queryOptions());
  return presets.find((preset) => preset.id === run.presetId);
}
