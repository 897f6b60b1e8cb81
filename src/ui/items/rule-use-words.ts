import { nameList } from "@/domain/name-list";
import type { Rule } from "@/domain/notification-rule";

/** "Used in 1 notification rule, which tells “Ops” of new items: it falls silent."; null without rules. */
export function ruleUseWords(rules: readonly Pick<Rule, "channels">[]): string | null {
  if (rules.length === 0) return null;
  const channels = new Set(rules.flatMap((rule) => rule.channels.map(({ name }) => name)));
  const told = nameList([...channels].sort()) || "nobody";
  return rules.length === 1
    ? `Used in 1 notification rule, which tells ${told} of new items: it falls silent.`
    : `Used in ${rules.length} notification rules, which tell ${told} of new items: they fall silent.`;
}
