import { z } from "zod";
import { CHANNEL_KINDS } from "./notification-channel";

/** What a rule can speak up about. */
export const RULE_EVENTS = [
  "run_failed",
  "run_partial",
  "failures_in_row",
  "zero_items",
  "source_failing",
  "slot_missed",
  "auto_paused",
  "schedule_changed",
  "new_items",
  "export_ready",
  "scheduler_down",
] as const;
export type RuleEvent = (typeof RULE_EVENTS)[number];

/** Events with a number: after how many in a row. From, and what a form proposes. */
export const RULE_THRESHOLDS = { failures_in_row: { from: 2, proposed: 3 }, source_failing: { from: 1, proposed: 3 } } as const;
const HIGHEST_THRESHOLD = 100;

/** Events that come to an end, which a rule can tell of too. */
export const RECOVERING_EVENTS = ["run_failed", "run_partial", "failures_in_row", "zero_items", "source_failing"] as const satisfies readonly RuleEvent[];

/** Whether rules about this event have a number. */
export function hasThreshold(event: RuleEvent): event is keyof typeof RULE_THRESHOLDS {
  return event in RULE_THRESHOLDS;
}

/** Whether what this event tells of comes to an end. */
export function recovers(event: RuleEvent): boolean {
  return RECOVERING_EVENTS.some((each) => each === event);
}

/** What a person states about a rule. The form and the router share it. */
export const ruleDefinitionSchema = z
  .object({
    event: z.enum(RULE_EVENTS, "Choose what to be told of."),
    /** After how many in a row, for the events of `RULE_THRESHOLDS`; left out, what is proposed. Not looked at for others. */
    threshold: z.int("Enter a whole number.").max(HIGHEST_THRESHOLD, `At most ${HIGHEST_THRESHOLD}.`).nullish(),
    /** The saved view, for `new_items`. Not looked at for others. */
    viewId: z.uuid("Pick a saved view from the list.").nullish(),
    /** Of `RECOVERING_EVENTS`: one message when it begins and one when it is over, and none in between. Without, a message each time. */
    recovery: z.boolean().default(true),
    channelIds: z.array(z.uuid()).min(1, "Choose at least one channel.").max(20, "Choose at most 20 channels."),
    enabled: z.boolean().default(true),
  })
  .superRefine(({ event, threshold, viewId }, context) => {
    if (event === "new_items" && !viewId) context.addIssue({ code: "custom", path: ["viewId"], message: "Pick the saved view that new items are to match." });
    if (!hasThreshold(event) || threshold == null) return;
    const { from } = RULE_THRESHOLDS[event];
    if (threshold < from) context.addIssue({ code: "custom", path: ["threshold"], message: `At least ${from}.` });
  });
export type RuleDefinition = z.infer<typeof ruleDefinitionSchema>;

/** A channel as rules and deliveries name it. */
export const channelNameSchema = z.object({ id: z.uuid(), name: z.string(), kind: z.enum(CHANNEL_KINDS), enabled: z.boolean() });

/** A rule as lists and forms show it. */
export const ruleSchema = z.object({
  id: z.uuid(),
  event: z.enum(RULE_EVENTS),
  /** Null where the event has none. */
  threshold: z.int().nullable(),
  viewId: z.uuid().nullable(),
  /** Null where there is no view, and where it was deleted: the rule is silent then. */
  viewName: z.string().nullable(),
  /** False where the event does not come to an end. */
  recovery: z.boolean(),
  channels: z.array(channelNameSchema),
  enabled: z.boolean(),
  /** What it has said fails and not yet that it works again: 1 for runs, the number of sources for sources. */
  openAlerts: z.int(),
  lastNoticeAt: z.date().nullable(),
  createdAt: z.date(),
});
export type Rule = z.infer<typeof ruleSchema>;

/** What a rule would be about, to see the message that it would send. */
export const rulePreviewInputSchema = z.object({ event: z.enum(RULE_EVENTS), threshold: z.int().min(1).max(HIGHEST_THRESHOLD).nullish() });

/** The message of a rule: of the newest event of its kind or, where there was none within 30 days, of one that is made up. */
export const rulePreviewSchema = z.object({
  isExample: z.boolean(),
  /** What goes to a topic of ntfy. */
  push: z.object({ title: z.string(), message: z.string() }),
  /** The subject and text of the mail. */
  mail: z.object({ subject: z.string(), text: z.string() }),
  /** The body of the webhook: JSON, indented. */
  webhook: z.string(),
  /** What goes to Slack-style webhooks. */
  slack: z.string(),
});
export type RulePreview = z.infer<typeof rulePreviewSchema>;
