import { NOTICE_TYPES, type NoticeType, RUN_RECOVERED, SCHEDULER_DOWN, SOURCE_RECOVERED, TEST_NOTICE } from "@/domain/notice";
import type { Rule, RuleEvent } from "@/domain/notification-rule";

interface EventWords {
  /** Follows "When": "a run fails". Of an event with a number or a saved view, with these. */
  clause: (threshold: number, view: string) => string;
  /** The choice in the form. */
  label: string;
  /** What it means, in one sentence. */
  hint: string;
}

/** What rules can be about, in words. */
export const EVENT_WORDS: Record<RuleEvent, EventWords> = {
  run_failed: { clause: () => "a run fails", label: "A run fails", hint: "No source could be collected, the time ran out, or its workers were lost." },
  run_partial: { clause: () => "a run is partial", label: "A run is partial", hint: "Some of its sources failed; what the others brought is kept." },
  failures_in_row: {
    clause: (threshold) => `${threshold} runs in a row fail`,
    label: "Several runs in a row fail",
    hint: "A single failure is often over by the next run.",
  },
  zero_items: {
    clause: () => "a run brings 0 new items and that is unusual",
    label: "A run brings nothing new, though runs usually do",
    hint: "A site that changed its pages fails silently: the run succeeds and finds nothing.",
  },
  slot_missed: { clause: () => "a slot is missed", label: "A slot is missed", hint: "The schedule was due, and no run started in time." },
  auto_paused: {
    clause: () => "the schedule is paused by Milkrun",
    label: "The schedule is paused by Milkrun",
    hint: "After too many failed runs, until somebody resumes it.",
  },
  schedule_changed: {
    clause: () => "somebody changes or pauses the schedule",
    label: "Somebody changes or pauses the schedule",
    hint: "With who it was, and what it was before.",
  },
  source_failing: {
    clause: (threshold) => (threshold === 1 ? "a source fails" : `a source fails ${threshold} times in a row`),
    label: "A source fails several times in a row",
    hint: "One source, however the others do. It is told once for each source.",
  },
  new_items: { clause: (_, view) => `new items match ${view}`, label: "New items match a saved view", hint: "After each run that brought some." },
  export_ready: {
    clause: () => "a large export is ready",
    label: "A large export is ready",
    hint: "With how many items it holds, and until when it is there.",
  },
  scheduler_down: {
    clause: () => "the scheduler is away",
    label: "The scheduler is away",
    hint: "Told once it is back, with the slots that were missed. Where workers are processes of their own, told while it lasts, too.",
  },
};

/** The events of the form, by what they are about. */
export const EVENT_GROUPS: readonly { group: string; events: readonly RuleEvent[] }[] = [
  { group: "Runs", events: ["run_failed", "run_partial", "failures_in_row", "zero_items"] },
  { group: "Schedule", events: ["slot_missed", "auto_paused", "schedule_changed", "scheduler_down"] },
  { group: "Sources", events: ["source_failing"] },
  { group: "Items", events: ["new_items", "export_ready"] },
];

/** What rules about a group say besides their events. */
const ALSO_TOLD: Record<string, { value: NoticeType; label: string }> = {
  Runs: { value: RUN_RECOVERED, label: "Runs work again" },
  Schedule: { value: NOTICE_TYPES.scheduler_down, label: "The scheduler was away" },
  Sources: { value: SOURCE_RECOVERED, label: "Sources work again" },
};

const firstTypeOf = (event: RuleEvent): NoticeType => (event === "scheduler_down" ? SCHEDULER_DOWN : NOTICE_TYPES[event]);

/** What a message can tell of, for the filter: what rules are about, what is over, and tests. */
export const NOTICE_OPTIONS: { group: string; items: { value: NoticeType; label: string }[] }[] = [
  ...EVENT_GROUPS.map(({ group, events }) => {
    const also = ALSO_TOLD[group];
    return { group, items: [...events.map((event) => ({ value: firstTypeOf(event), label: EVENT_WORDS[event].label })), ...(also ? [also] : [])] };
  }),
  { group: "Channels", items: [{ value: TEST_NOTICE, label: "A test" }] },
];

/** "When 3 runs in a row fail" */
export function ruleSentence({ event, threshold, viewName }: Pick<Rule, "event" | "threshold" | "viewName">): string {
  const view = viewName === null ? "a view that was deleted" : `“${viewName}”`;
  return `When ${EVENT_WORDS[event].clause(threshold ?? 1, view)}`;
}

/** Whether the saved view that it is about was deleted, since when it says nothing. */
export function isViewGone({ event, viewName }: Pick<Rule, "event" | "viewName">): boolean {
  return event === "new_items" && viewName === null;
}

/** What a rule says besides the beginning: "One message when it begins, one when it is over.", or nothing. */
export function recoveryWords({ recovery }: Pick<Rule, "recovery">): string {
  return recovery ? "One message when it begins, one when it is over." : "";
}

/** "Not over yet", "3 sources still fail", or null: what a rule has said fails and not yet that it works again. */
export function openWords({ openAlerts, event }: Pick<Rule, "openAlerts" | "event">): string | null {
  if (openAlerts === 0) return null;
  if (event !== "source_failing") return "Not over yet";
  return openAlerts === 1 ? "1 source still fails" : `${openAlerts} sources still fail`;
}
