import { describe, expect, it } from "vitest";
import { RULE_EVENTS, type Rule } from "@/domain/notification-rule";
import { checkRuleForm, emptyRuleForm, ruleDefinitionOf, storedRuleForm, withEvent } from "./rule-form";
import { EVENT_GROUPS, isViewGone, openWords, ruleSentence } from "./rule-words";

const CHANNEL = { id: "0198f2c0-0000-4000-8000-000000000001", name: "Ops", kind: "email", enabled: true } as const;
const VIEW_ID = "0198f2c0-0000-4000-8000-000000000002";
const RULE: Rule = {
  id: "0198f2c0-0000-4000-8000-000000000003",
  event: "failures_in_row",
  threshold: 4,
  viewId: null,
  viewName: null,
  recovery: true,
  channels: [CHANNEL],
  enabled: true,
  openAlerts: 0,
  lastNoticeAt: null,
  createdAt: new Date("2026-11-27T05:00:00Z"),
};

describe("the form of a rule", () => {
  it("offers every event once", () => {
    expect(EVENT_GROUPS.flatMap(({ events }) => events).toSorted()).toEqual(RULE_EVENTS.toSorted());
  });

  it("has the only channel chosen, and none of several", () => {
    expect(emptyRuleForm([CHANNEL]).channelIds).toEqual([CHANNEL.id]);
    expect(emptyRuleForm([CHANNEL, { id: VIEW_ID }]).channelIds).toEqual([]);
    expect(emptyRuleForm([]).channelIds).toEqual([]);
  });

  it("says what is missing", () => {
    expect(checkRuleForm(emptyRuleForm([]), true)).toEqual({
      ok: false,
      errors: { event: "Choose what to be told of.", channelIds: "Choose at least one channel." },
    });
    expect(checkRuleForm({ ...emptyRuleForm([CHANNEL]), event: "new_items" }, true)).toMatchObject({
      errors: { viewId: expect.stringContaining("saved view") },
    });
  });

  it("proposes a number with an event that has one, and asks for it when it is taken out", () => {
    const values = withEvent(emptyRuleForm([CHANNEL]), "failures_in_row");
    expect(checkRuleForm(values, true)).toMatchObject({ definition: { threshold: 3, recovery: true } });
    expect(checkRuleForm({ ...values, threshold: "" }, true)).toMatchObject({ errors: { threshold: "Enter a whole number." } });
    expect(checkRuleForm({ ...values, threshold: 1 }, true)).toMatchObject({ errors: { threshold: "At least 2." } });
  });

  it("sends nothing that its event does not have", () => {
    const values = { ...withEvent(emptyRuleForm([CHANNEL]), "slot_missed"), viewId: VIEW_ID, threshold: 7 };
    expect(checkRuleForm(values, true)).toEqual({ ok: true, definition: { event: "slot_missed", recovery: true, channelIds: [CHANNEL.id], enabled: true } });
  });

  it("gives back a stored rule as it was", () => {
    expect(checkRuleForm(storedRuleForm(RULE), false)).toMatchObject({ definition: { event: "failures_in_row", threshold: 4, enabled: false } });
    expect(ruleDefinitionOf(RULE, { enabled: false })).toMatchObject({ threshold: 4, viewId: null, channelIds: [CHANNEL.id], enabled: false });
  });
});

describe("the sentence of a rule", () => {
  it.each([
    ["When a run fails", { event: "run_failed", threshold: null }],
    ["When 4 runs in a row fail", {}],
    ["When a source fails 3 times in a row", { event: "source_failing", threshold: 3 }],
    ["When a source fails", { event: "source_failing", threshold: 1 }],
    ["When new items match “Berlin”", { event: "new_items", threshold: null, viewName: "Berlin" }],
    ["When new items match a view that was deleted", { event: "new_items", threshold: null }],
  ] as const)("is “%s”", (sentence, change) => {
    expect(ruleSentence({ ...RULE, ...change })).toBe(sentence);
  });

  it("comes with a word where its view is deleted, and with none where there is no view", () => {
    expect(isViewGone({ event: "new_items", viewName: null })).toBe(true);
    expect(isViewGone({ event: "new_items", viewName: "Berlin" })).toBe(false);
    expect(isViewGone(RULE)).toBe(false);
  });

  it("comes with what is not over yet", () => {
    expect(openWords({ event: "run_failed", openAlerts: 0 })).toBeNull();
    expect(openWords({ event: "run_failed", openAlerts: 1 })).toBe("Not over yet");
    expect(openWords({ event: "source_failing", openAlerts: 1 })).toBe("1 source still fails");
    expect(openWords({ event: "source_failing", openAlerts: 3 })).toBe("3 sources still fail");
  });
});
