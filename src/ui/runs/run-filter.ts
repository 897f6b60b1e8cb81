import type { RunFilter } from "@/domain/run";
import type { RunStatus } from "@/domain/run-status";

/** The filters above the list of runs, in the order in which they stand. `failed` gathers every way in which a run can break off. */
const STATUSES_BY_FILTER = {
  all: undefined,
  running: ["queued", "running"],
  succeeded: ["succeeded"],
  partial: ["partial"],
  failed: ["failed", "timed_out", "abandoned"],
  skipped: ["skipped"],
  cancelled: ["cancelled"],
  missed: ["missed"],
} as const satisfies Record<string, readonly RunStatus[] | undefined>;

export type RunFilterName = keyof typeof STATUSES_BY_FILTER;

/** Choices for the filter control. */
export const RUN_FILTER_OPTIONS: { value: RunFilterName; label: string }[] = [
  { value: "all", label: "All" },
  { value: "running", label: "Running" },
  { value: "succeeded", label: "Succeeded" },
  { value: "partial", label: "Partial" },
  { value: "failed", label: "Failed" },
  { value: "skipped", label: "Skipped" },
  { value: "cancelled", label: "Cancelled" },
  { value: "missed", label: "Missed" },
];

/** Reads `?status=` leniently: whatever is no filter shows everything. */
export function runFilterOf(param: string | string[] | null | undefined): RunFilterName {
  return RUN_FILTER_OPTIONS.find((option) => option.value === param)?.value ?? "all";
}

/** How the list goes on: the next page starts after the last run shown. */
export const RUN_PAGING = { getNextPageParam: (page: { nextCursor: number | null }) => page.nextCursor };

/** What the API is asked for; the page's prefetch and the list must agree on it, so both take it from here. */
export function runListInput(filter: RunFilterName): Pick<RunFilter, "limit" | "status"> {
  const statuses = STATUSES_BY_FILTER[filter];
  return { limit: 50, ...(statuses && { status: [...statuses] }) };
}
