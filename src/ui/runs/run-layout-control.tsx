"use client";
import { SegmentedControl } from "@mantine/core";
import type { RunView } from "./run-filter";

const LAYOUTS = [
  { value: "list", label: "List" },
  { value: "timeline", label: "Timeline" },
];

/** The ledger as a list or as a timeline. */
export function RunLayoutControl({ view, onChange }: { view: RunView; onChange: (view: RunView) => void }) {
  return (
    <SegmentedControl
      aria-label="Show runs as"
      data={LAYOUTS}
      value={view.timeline ? "timeline" : "list"}
      onChange={(layout) => onChange({ ...view, timeline: layout === "timeline" })}
    />
  );
}
