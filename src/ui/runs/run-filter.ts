import { z } from "zod";
import type { RunCounts, RunFilter, RunScope } from "@/domain/run";
import { FAILED_RUN_STATUSES, RUN_TRIGGERS, type RunStatus, type RunTrigger } from "@/domain/run-status";
import { type RunTimelineInput, TIMELINE_WINDOWS, type TimelineWindow } from "@/domain/run-timeline";

/** The filters above the list of runs, in the order in which they stand. */
const STATUSES_BY_FILTER = {
  all: undefined,
  running: ["queued", "running"],
  succeeded: ["succeeded"],
  partial: ["partial"],
  failed: FAILED_RUN_STATUSES,
  skipped: ["skipped"],
  cancelled: ["cancelled"],
  missed: ["missed"],
} as const satisfies Record<string, readonly RunStatus[] | undefined>;

export type RunFilterName = keyof typeof STATUSES_BY_FILTER;

/** Choices for the status filter. */
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

/** Choices for who or what began a run. */
export const RUN_TRIGGER_OPTIONS: { value: RunTrigger; label: string }[] = [
  { value: "schedule", label: "The schedule" },
  { value: "person", label: "A person" },
  { value: "api", label: "The API" },
];

/** What the Runs page shows; it stands in the address, so that a view can be shared and survives Back. */
export interface RunView extends RunScope {
  status: RunFilterName;
  /** A timeline in place of the list. It has a window of its own, and no days. */
  timeline: boolean;
  /** Unset, the schedule's interval decides. */
  window?: TimelineWindow;
}

type Params = Record<string, string | string[] | undefined>;

const uuid = z.uuid();
const date = z.iso.date();
const trigger = z.enum(RUN_TRIGGERS);
const timelineWindow = z.enum(TIMELINE_WINDOWS);

/** Reads the address leniently: whatever is no filter filters nothing. */
export function runViewOf(params: Params): RunView {
  const timeline = params.view === "timeline";
  return {
    status: RUN_FILTER_OPTIONS.find((option) => option.value === params.status)?.value ?? "all",
    timeline,
    trigger: trigger.safeParse(params.by).data,
    presetId: uuid.safeParse(params.preset).data,
    ...(timeline ? { window: timelineWindow.safeParse(params.window).data } : { from: date.safeParse(params.from).data, to: date.safeParse(params.to).data }),
  };
}

/** The address of a view: "/runs?status=failed&from=2026-11-23&to=2026-11-23". */
export function runViewHref({ status, timeline, trigger, presetId, from, to, window }: RunView): string {
  const shape = timeline ? { view: "timeline", window } : { from, to };
  const entries = Object.entries({ status: status === "all" ? undefined : status, by: trigger, preset: presetId, ...shape });
  const params = new URLSearchParams(entries.flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return params.size === 0 ? "/runs" : `/runs?${params}`;
}

/** The view without its filters, the list or the timeline as it was. */
export function withoutFilters({ timeline, window }: RunView): RunView {
  return { status: "all", timeline, ...(window && { window }) };
}

/** Whether the view leaves anything out. */
export function isFiltered({ status, trigger, presetId, from, to }: RunView): boolean {
  return status !== "all" || Boolean(trigger || presetId || from || to);
}

/** How many runs a filter would show. */
export function countOf(filter: RunFilterName, counts: RunCounts): number {
  const statuses: readonly RunStatus[] = STATUSES_BY_FILTER[filter] ?? (Object.keys(counts) as RunStatus[]);
  return statuses.reduce((sum, status) => sum + counts[status], 0);
}

/** How the list goes on: the next page starts after the last run shown. */
export const RUN_PAGING = { getNextPageParam: (page: { nextCursor: number | null }) => page.nextCursor };

// What the API is asked for; the page's prefetch and what shows it must agree on it, so both take it from here.

export function runListInput(view: RunView): Omit<RunFilter, "cursor"> {
  return { limit: 50, ...statusInput(view), ...runScope(view) };
}

export function runTimelineInput(view: RunView): RunTimelineInput {
  return { ...statusInput(view), ...runScope(view), ...(view.window && { window: view.window }) };
}

/** What narrows the view besides the status. */
export function runScope({ trigger, presetId, from, to }: RunView): RunScope {
  return { ...(trigger && { trigger }), ...(presetId && { presetId }), ...(from && { from }), ...(to && { to }) };
}

function statusInput({ status }: RunView): { status?: RunStatus[] } {
  const statuses = STATUSES_BY_FILTER[status];
  return statuses ? { status: [...statuses] } : {};
}
