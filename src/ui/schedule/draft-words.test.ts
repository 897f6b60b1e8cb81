import { describe, expect, it } from "vitest";
import { changesInWords, differingFields, fieldWords } from "./draft-words";
import { proposeDraft, type ScheduleDraft } from "./schedule-draft";

const before: ScheduleDraft = { ...proposeDraft("Europe/Berlin", "a"), cronExpression: "30 2 * * *" };
const presets = [
  { id: "a", name: "Morning news" },
  { id: "b", name: "Prices" },
];
const changed = (part: Partial<ScheduleDraft>) => changesInWords(before, { ...before, ...part }, presets);

describe("changesInWords", () => {
  it.each([
    ["30 3 * * *", ["time 02:30 → 03:30"]],
    ["30 2,14 * * *", ["time 02:30 → 02:30 and 14:30"]],
    ["*/15 * * * *", ["time 02:30 → every 15 minutes"]],
    ["30 2 * * 1-5", ["days every day → every weekday"]],
    ["0 7 1 * *", ["time 02:30 → 07:00", "days every day → on day 1 of the month"]],
    ["30 02 * * *", ["cron expression 30 2 * * * → 30 02 * * *"]],
    ["60 * * * *", ["cron expression 30 2 * * * → 60 * * * *"]],
  ])("names the part of the times that %s changes", (cronExpression, words) => {
    expect(changed({ cronExpression })).toEqual(words);
  });

  it.each<[Partial<ScheduleDraft>, string]>([
    [{ timeZone: "Europe/Lisbon" }, "time zone Berlin → Lisbon"],
    [{ presetId: "b" }, "preset Morning news → Prices"],
    [{ presetId: null }, "preset Morning news → no preset"],
    [{ missedPolicy: "skip" }, "missed runs run once → skip"],
    [{ runLimitMinutes: "20" }, "run limit the server's limit → 20 minutes"],
    [{ spreadMs: 3_600_000 }, "spread no spread → up to 1 hour later"],
  ])("says from what to what %j changes", (part, words) => {
    expect(changed(part)).toEqual([words]);
  });

  it("tells an old name of a zone from its new one", () => {
    const kiev = { ...before, timeZone: "Europe/Kiev" };
    expect(changesInWords(kiev, { ...kiev, timeZone: "Europe/Kyiv" }, presets)[0]).toMatch(/^time zone .*Ki.* → .*Ky/);
  });

  it("follows the page from top to bottom", () => {
    expect(changed({ spreadMs: 60_000, cronExpression: "30 3 * * *", presetId: "b" })).toEqual([
      "preset Morning news → Prices",
      "time 02:30 → 03:30",
      "spread no spread → up to 1 minute later",
    ]);
  });
});

describe("fieldWords", () => {
  it("never rewrites an expression", () => {
    expect(fieldWords("cronExpression", { ...before, cronExpression: "0  9 * * MON" }, presets)).toBe("0  9 * * MON");
  });

  it("counts one minute as one", () => {
    expect(fieldWords("runLimitMinutes", { ...before, runLimitMinutes: " 1 " }, presets)).toBe("1 minute");
  });
});

describe("differingFields", () => {
  it("is empty where nothing differs", () => {
    expect(differingFields(before, { ...before })).toEqual([]);
  });
});
