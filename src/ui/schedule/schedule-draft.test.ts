import { describe, expect, it } from "vitest";
import { scheduleUpdateSchema } from "@/domain/schedule";
import { RANDOM_SEED } from "@/testing/random";
import { randomCrons } from "@/testing/random-cron";
import { exampleSchedule } from "@/testing/schedule-example";
import { checkDraft, draftOf, proposeDraft, realEdits, toUpdate } from "./schedule-draft";

const schedule = exampleSchedule({ cronExpression: "0  9-21 * * *", timeZone: "Europe/Kiev", missedPolicy: "skip", runLimitMs: 1_200_000, spreadMs: 90_000 });

describe("a draft", () => {
  it("shows what is stored, letter by letter", () => {
    expect(draftOf(schedule)).toEqual({
      cronExpression: "0  9-21 * * *",
      timeZone: "Europe/Kiev",
      presetId: null,
      missedPolicy: "skip",
      runLimitMinutes: "20",
      spreadMs: 90_000,
    });
  });

  it("forgets an edit that was taken back", () => {
    const base = draftOf(schedule);
    expect(realEdits(base, { cronExpression: "0 9 * * *", timeZone: "Europe/Kiev" })).toEqual({ cronExpression: "0 9 * * *" });
    expect(realEdits(base, { runLimitMinutes: "20" })).toEqual({});
  });

  it(`leaves the text of 500 expressions alone when it is opened, edited elsewhere and saved (MILKRUN_TEST_SEED=${RANDOM_SEED})`, () => {
    for (const cronExpression of randomCrons(500, RANDOM_SEED)) {
      const base = draftOf(exampleSchedule({ cronExpression }));
      expect(toUpdate(realEdits(base, { ...base, spreadMs: 60_000 }))).toEqual({ spreadMs: 60_000 });
      const first = toUpdate({ ...proposeDraft("Europe/Berlin", null), cronExpression });
      expect(scheduleUpdateSchema.parse(first).cronExpression).toBe(cronExpression);
    }
  });

  it("sends only what changed", () => {
    expect(toUpdate({ timeZone: "UTC" })).toEqual({ timeZone: "UTC" });
    expect(toUpdate({ runLimitMinutes: " 5 " })).toEqual({ runLimitMs: 300_000 });
    expect(toUpdate({ runLimitMinutes: "" })).toEqual({ runLimitMs: null });
    expect(toUpdate({ spreadMs: 0 })).toEqual({ spreadMs: 0 });
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
