import { describe, expect, it } from "vitest";
import { collectionTitle, historyWords, noNextTryWords } from "./source-words";

describe("historyWords", () => {
  it("counts the outcomes and says how the last one went", () => {
    const history = (["succeeded", "succeeded", "not_modified", "failed"] as const).map((status) => ({ status }));
    expect(historyWords(history)).toBe("Last 4 collections: 2 worked, 1 found nothing changed, 1 failed. The last one failed.");
    expect(historyWords(history.slice(0, 1))).toBe("The only collection worked.");
    expect(historyWords([])).toBe("Not collected yet.");
  });
});

describe("collectionTitle", () => {
  it("says what one collection brought, or why it failed", () => {
    expect(collectionTitle({ status: "succeeded", newCount: 1, message: null })).toBe("Worked, 1 new item");
    expect(collectionTitle({ status: "failed", newCount: 0, message: "The site answered 404." })).toBe("Failed: The site answered 404.");
    expect(collectionTitle({ status: "not_modified", newCount: 0, message: null })).toBe("Found nothing changed");
  });
});

describe("noNextTryWords", () => {
  const source = { enabled: true, quarantinedAt: null, presets: [{ id: "1", name: "A", enabledHere: true }] };
  it.each([
    ["In quarantine", { ...source, quarantinedAt: new Date(0) }],
    ["Off", { ...source, enabled: false }],
    ["In no preset", { ...source, presets: [] }],
    ["Off in its presets", { ...source, presets: [{ id: "1", name: "A", enabledHere: false }] }],
    ["Not scheduled", source],
  ])("%s", (words, each) => expect(noNextTryWords(each)).toBe(words));
});
