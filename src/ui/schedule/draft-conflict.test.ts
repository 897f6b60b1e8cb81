import { describe, expect, it } from "vitest";
import { exampleSchedule } from "@/testing/schedule-example";
import { isOvertaken, versionToSave } from "./draft-conflict";
import type { Edited } from "./kept-draft";
import { draftOf, proposeDraft } from "./schedule-draft";

const seen = exampleSchedule({ version: 3 });
const begun: Edited = { version: 3, base: draftOf(seen), edits: { cronExpression: "15 3 * * *" } };

describe("what somebody saved meanwhile", () => {
  it.each([
    ["a pause", { pausedAt: new Date("2026-11-24T10:00:00Z"), pauseNote: "Moving house", nextRunAt: null, dueAt: null }],
    ["the switch", { enabled: false, nextRunAt: null, dueAt: null }],
    ["a run that is left out", { skipSlotAt: seen.nextRunAt }],
  ])("is no conflict where it is %s, and a save is over it", (_, change) => {
    const stored = exampleSchedule({ ...change, version: 4 });
    expect(isOvertaken(begun, stored)).toBe(false);
    expect(versionToSave(begun, stored, false)).toBe(4);
  });

  it.each([{ cronExpression: "20 4 * * *" }, { timeZone: "UTC" }, { missedPolicy: "skip" as const }, { runLimitMs: 60_000 }, { spreadMs: 60_000 }])(
    "is a conflict where it is the form's %o, which only who has seen it saves over",
    (change) => {
      const stored = exampleSchedule({ ...change, version: 5 });
      expect(isOvertaken(begun, stored)).toBe(true);
      expect(versionToSave(begun, stored, false)).toBe(3);
      expect(versionToSave(begun, stored, true)).toBe(5);
    },
  );

  it("is none any more once it was taken back", () => {
    expect(isOvertaken(begun, exampleSchedule({ version: 6 }))).toBe(false);
  });
});

describe("a schedule that somebody deleted meanwhile", () => {
  it("is a conflict, and a save makes it anew", () => {
    expect(isOvertaken(begun, null)).toBe(true);
    expect(versionToSave(begun, null, false)).toBe(0);
  });

  it("is not meant where there was none", () => {
    const first: Edited = { version: 0, base: proposeDraft("Europe/Berlin", null), edits: { spreadMs: 60_000 } };
    expect(isOvertaken(first, null)).toBe(false);
    expect(versionToSave(first, null, false)).toBe(0);
    expect(isOvertaken(first, exampleSchedule()), "somebody has made one").toBe(true);
    expect(versionToSave(first, exampleSchedule(), false)).toBe(0);
  });
});
