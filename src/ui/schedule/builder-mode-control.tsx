"use client";
import { Box, SegmentedControl } from "@mantine/core";
import { BUILDER_MODES, type BuilderMode } from "@/domain/schedule-builder";
import { WarmSelectField } from "@/ui/display/warm-select-field";
import classes from "./builder-mode-control.module.css";

const LABELS: Record<BuilderMode, string> = {
  interval: "Minutes or hours",
  daily: "Daily",
  weekly: "Weekly",
  monthly: "Monthly",
  custom: "Custom cron",
};

const OPTIONS = BUILDER_MODES.map((value) => ({ value, label: LABELS[value] }));

interface BuilderModeControlProps {
  mode: BuilderMode;
  onPick: (mode: BuilderMode) => void;
}

/** The five modes side by side, or in a list where they would be cut off. */
export function BuilderModeControl({ mode, onPick }: BuilderModeControlProps) {
  return (
    <div className={classes.control}>
      <Box className={classes.wide}>
        <SegmentedControl fullWidth data={OPTIONS} value={mode} onChange={(picked) => onPick(picked as BuilderMode)} aria-label="How often" />
      </Box>
      <WarmSelectField className={classes.narrow} label="How often" data={OPTIONS} value={mode} onChange={(picked) => onPick(picked as BuilderMode)} />
    </div>
  );
}
