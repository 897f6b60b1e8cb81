"use client";
import { Switch } from "@mantine/core";
import type { Source } from "@/domain/source";
import { paceWords } from "./pace-words";
import { useSourceFormContext } from "./source-form-context";

/** Overrides how often the source wants to be asked, where it wants something. */
export function EveryRunSwitch({ pace }: { pace: Source["pace"] }) {
  const form = useSourceFormContext();
  const words = paceWords(form.values.kind, pace);
  if (words === null && !form.values.everyRun) return null;
  return (
    <Switch
      label="Collect every time anyway"
      description={`${words ?? ""} While off, runs of the schedule leave it out until then. Runs that you start always ask it.`.trim()}
      {...form.getInputProps("everyRun", { type: "checkbox" })}
    />
  );
}
