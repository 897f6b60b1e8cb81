import { expect, test } from "vitest";
import { ruleUseWords } from "./rule-use-words";

const told = (...names: string[]) => ({ channels: names.map((name) => ({ id: name, name, kind: "webhook" as const, enabled: true })) });

test.each([
  [[], null],
  [[told("Ops")], "Used in 1 notification rule, which tells “Ops” of new items: it falls silent."],
  [[told("Ops"), told("Team", "Ops")], "Used in 2 notification rules, which tell “Ops” and “Team” of new items: they fall silent."],
  [[told()], "Used in 1 notification rule, which tells nobody of new items: it falls silent."],
])("%j is said in words", (rules, words) => expect(ruleUseWords(rules)).toBe(words));
