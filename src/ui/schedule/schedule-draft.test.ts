import { describe, expect, it } from "vitest";
import type { Schedule } from "@/domain/schedule";
import { checkDraft, draftOf, proposeDraft, realEdits, toUpdate } from "./schedule-draft";

const schedule: Schedule = {
  id: "0198f2c0-0000-7000-8000-000000000001",
  version: 3,
  cronExpression: "0  9-21 * * *",
  timeZone: "Europe/Kiev",
  presetId: null,
  enabled: true,
  missedPolicy: "skip",
  graceMs: 3_600_000,
  runLimitMs: 1_200_000,
  nextRunAt: null,
  problem: null,
  lowerBoundAt: new Date(0),
  updatedAt: new Date(0),
  updatedByName: null,
};

describe("a draft", () => {
  it("shows what is stored, letter by letter", () => {
    expect(draftOf(schedule)).toEqual({
      cronExpression: "0  9-21 * * *",
      timeZone: "Europe/Kiev",
      presetId: null,
      missedPolicy: "skip",
      runLimitMinutes: "20",
    });
  });

  it("forgets an edit that was taken back", () => {
    const base = draftOf(schedule);
    expect(realEdits(base, { cronExpression: "0 9 * * *", timeZone: "Europe/Kiev" })).toEqual({ cronExpression: "0 9 * * *" });
    expect(realEdits(base, { runLimitMinutes: "20" })).toEqual({});
  });

  it("sends only what changed", () => {
    expect(toUpdate({ timeZone: "UTC" })).toEqual({ timeZone: "UTC" });
    expect(toUpdate({ runLimitMinutes: " 5 " })).toEqual({ runLimitMs: 300_000 });
    expect(toUpdate({ runLimitMinutes: "" })).toEqual({ runLimitMs: null });
  });
});

describe("checkDraft", () => {
  const draft = proposeDraft("Europe/Berlin", null);

  it("accepts what is proposed", () => {
    expect(checkDraft(draft)).toEqual({});
  });

  it("names the failing field of an expression", () => {
    expect(checkDraft({ ...draft, cronExpression: "60 * * * *" }).cronExpression?.field).toBe("minute");
  });

  it("refuses an abbreviation as a zone", () => {
    expect(checkDraft({ ...draft, timeZone: "CET" }).timeZone).toBeDefined();
  });

  it.each(["0", "1441", "1.5", "-3", "ten", "1e3"])("refuses %s minutes", (runLimitMinutes) => {
    expect(checkDraft({ ...draft, runLimitMinutes }).runLimitMinutes).toBeDefined();
  });

  it.each(["", " ", "1", "1440"])("accepts %j minutes", (runLimitMinutes) => {
    expect(checkDraft({ ...draft, runLimitMinutes })).toEqual({});
  });
});
