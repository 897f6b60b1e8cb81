"use client";
import { Checkbox } from "@mantine/core";
import type { SetupStepProps } from "./account-step";

/** Offers sources that work at once. */
export function SamplesStep({ draft, change }: SetupStepProps) {
  return (
    <Checkbox
      size="md"
      label="Start with the sample preset"
      description="A few sources that Milkrun serves itself, so that you can watch a whole run without the internet. You can delete them at any time."
      checked={draft.samples}
      onChange={(event) => change({ samples: event.currentTarget.checked })}
    />
  );
}
