import type { JsonValue } from "./item";
import type { RuleEvent } from "./notification-rule";

/** The names of notices, as webhooks know them: what a rule about the event says, by the event. */
export const NOTICE_TYPES = {
  run_failed: "run.failed",
  run_partial: "run.partial",
  failures_in_row: "run.failures_in_row",
  zero_items: "run.no_new_items",
  source_failing: "source.failing",
  slot_missed: "slot.missed",
  auto_paused: "schedule.auto_paused",
  schedule_changed: "schedule.changed",
  new_items: "items.new",
  export_ready: "export.ready",
  scheduler_down: "scheduler.was_down",
} as const satisfies Record<RuleEvent, string>;

/** What is said when something works again. */
export const RUN_RECOVERED = "run.recovered";
export const SOURCE_RECOVERED = "source.recovered";

/** What is said while no scheduler is there; once one is back, a rule about it says `scheduler.was_down`. */
export const SCHEDULER_DOWN = "scheduler.down";

/** What a test says. */
export const TEST_NOTICE = "test";

/** Every type that a notice can have. */
export const ALL_NOTICE_TYPES = [...Object.values(NOTICE_TYPES), RUN_RECOVERED, SOURCE_RECOVERED, SCHEDULER_DOWN, TEST_NOTICE] as const;
export type NoticeType = (typeof ALL_NOTICE_TYPES)[number];

/** How news is: `urgent` stops the collecting, `bad` wants to be looked at. */
export type Mood = "urgent" | "bad" | "good" | "news";

const MOODS: Record<NoticeType, Mood> = {
  "run.failed": "urgent",
  "run.failures_in_row": "urgent",
  "slot.missed": "urgent",
  "schedule.auto_paused": "urgent",
  "scheduler.down": "urgent",
  "run.partial": "bad",
  "run.no_new_items": "bad",
  "source.failing": "bad",
  "scheduler.was_down": "bad",
  "run.recovered": "good",
  "source.recovered": "good",
  "schedule.changed": "news",
  "items.new": "news",
  "export.ready": "news",
  test: "news",
};

/** Of a type that a newer Milkrun stored nothing is known. */
export function moodOf(type: string): Mood {
  return MOODS[type as NoticeType] ?? "news";
}

/** What is said of an event, in words and for programs. */
export interface NoticeContent {
  type: string;
  /** One line. */
  title: string;
  /** Sentences, in one or more lines. */
  text: string;
  /** The page that has more. */
  path: string;
  /** For programs: instants are ISO texts; nothing secret. */
  data: Record<string, JsonValue>;
}

/** A notice that is sent. */
export interface SentNotice extends NoticeContent {
  id: string;
  at: Date;
}
