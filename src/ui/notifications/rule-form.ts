import { hasThreshold, RULE_THRESHOLDS, type Rule, type RuleDefinition, type RuleEvent, recovers, ruleDefinitionSchema } from "@/domain/notification-rule";

/** A rule as its form holds it. */
export interface RuleFormValues {
  event: RuleEvent | null;
  threshold: number | string;
  viewId: string | null;
  recovery: boolean;
  channelIds: string[];
}

/** Messages by the form's own paths. */
type RuleFormErrors = Record<string, string>;

export type RuleFormCheck = { ok: true; definition: RuleDefinition } | { ok: false; errors: RuleFormErrors };

/** The form of a new rule; with one channel there is nothing to choose. */
export function emptyRuleForm(channels: readonly { id: string }[]): RuleFormValues {
  const [only, ...others] = channels;
  return { event: null, threshold: "", viewId: null, recovery: true, channelIds: only && others.length === 0 ? [only.id] : [] };
}

/** The form of a stored rule. */
export function storedRuleForm({ event, threshold, viewId, recovery, channels }: Rule): RuleFormValues {
  return { event, threshold: threshold ?? "", viewId, recovery: recovery || !recovers(event), channelIds: channels.map(({ id }) => id) };
}

/** The form with another event, and what is proposed for it. */
export function withEvent(values: RuleFormValues, event: RuleEvent): RuleFormValues {
  return { ...values, event, threshold: hasThreshold(event) ? RULE_THRESHOLDS[event].proposed : "" };
}

/** Checks a form with the schema that the server checks with. */
export function checkRuleForm({ event, threshold, viewId, recovery, channelIds }: RuleFormValues, enabled: boolean): RuleFormCheck {
  const number = event && hasThreshold(event) ? { threshold: threshold === "" ? Number.NaN : threshold } : {};
  const view = event === "new_items" ? { viewId } : {};
  const parsed = ruleDefinitionSchema.safeParse({ event, ...number, ...view, recovery, channelIds, enabled });
  if (parsed.success) return { ok: true, definition: parsed.data };
  const errors: RuleFormErrors = {};
  for (const { path, message } of parsed.error.issues) errors[String(path[0])] ??= message;
  return { ok: false, errors };
}

/** A stored rule as a definition that changes nothing but what is given. */
export function ruleDefinitionOf(rule: Rule, change: Partial<RuleDefinition>): RuleDefinition {
  const { event, threshold, viewId, recovery, channels, enabled } = rule;
  return { event, threshold, viewId, recovery, channelIds: channels.map(({ id }) => id), enabled, ...change };
}
