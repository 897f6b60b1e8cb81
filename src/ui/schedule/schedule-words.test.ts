import { describe, expect, it } from "vitest";
import { exampleSchedule } from "@/testing/schedule-example";
import { nextRunsLead, pausedBySentence, pausedSentence, resumedSentence, runsSentence, savedSentence } from "./schedule-words";

const now = new Date("2026-11-24T10:00:00Z");
const friday = new Date("2026-11-27T00:00:00Z");

describe("runsSentence", () => {
  it("is a plain sentence with its zone", () => {
    expect(runsSentence("0 7 * * 1-5", "Europe/Berlin")).toBe("Runs every weekday at 07:00, Berlin time.");
    expect(runsSentence("0 * * * *", "UTC", "Would run")).toBe("Would run every hour, UTC.");
  });
});

describe("savedSentence", () => {
  it("goes by the reader's clock", () => {
    expect(savedSentence(exampleSchedule(), "Europe/London", now, "12h")).toBe("Saved. Next run: Wed 25 Nov, 3:30 am Berlin (2:30 am your time).");
  });

  it("names the next run in both zones", () => {
    expect(savedSentence(exampleSchedule(), "Europe/London", now, "24h")).toBe("Saved. Next run: Wed 25 Nov, 03:30 Berlin (02:30 your time).");
    expect(savedSentence(exampleSchedule(), "Europe/Paris", now, "24h")).toBe("Saved. Next run: Wed 25 Nov, 03:30 Berlin.");
  });

  it("says that nothing starts while it is off", () => {
    const off = exampleSchedule({ enabled: false, nextRunAt: null });
    expect(savedSentence(off, null, now, "24h")).toBe("Saved. The schedule is off, so nothing starts by itself.");
  });

  it("names the run after the one that is left out", () => {
    const { nextRunAt } = exampleSchedule();
    const skipping = exampleSchedule({ skipSlotAt: nextRunAt, slotAfterSkipAt: new Date("2026-11-26T02:30:00Z") });
    expect(savedSentence(skipping, null, now, "24h")).toBe("Saved. Next run: Thu 26 Nov, 03:30 Berlin.");
  });

  it("says that the pause goes on", () => {
    const paused = exampleSchedule({ pausedAt: now, pausedUntil: friday });
    expect(savedSentence(paused, null, now, "24h")).toBe("Saved. The schedule is paused until Fri 27 Nov, 01:00 Berlin.");
    expect(savedSentence(paused, null, friday, "24h")).toBe("Saved. Next run: Wed 25 Nov, 03:30 Berlin.");
  });
});

it("pausing and resuming say what comes of it", () => {
  expect(pausedSentence(exampleSchedule({ pausedAt: now }), null, now, "24h")).toBe("The schedule is paused until somebody resumes it.");
  expect(pausedSentence(exampleSchedule({ pausedAt: now, pausedUntil: friday }), "Europe/London", now, "24h")).toBe(
    "The schedule is paused until Fri 27 Nov, 01:00 Berlin (00:00 your time).",
  );
  expect(resumedSentence(exampleSchedule(), null, now, "24h")).toBe("The schedule is on again. Next run: Wed 25 Nov, 03:30 Berlin.");
});

describe("pausedBySentence", () => {
  const pause = { pausedAt: new Date("2026-11-03T13:00:00Z"), pausedByName: "Grace", timeZone: "Europe/Berlin" };
  it.each([
    ["site move", new Date("2026-11-10T06:00:00Z"), "Paused by Grace on 3 Nov: site move. Resumes 10 Nov."],
    ["Who knows?", null, "Paused by Grace on 3 Nov: Who knows?"],
    [null, new Date("2027-01-31T23:30:00Z"), "Paused by Grace on 3 Nov. Resumes 1 Feb 2027."],
    [null, null, "Paused by Grace on 3 Nov."],
  ])("with the note %j until %s", (pauseNote, pausedUntil, sentence) => {
    expect(pausedBySentence({ ...pause, pauseNote, pausedUntil }, now)).toBe(sentence);
  });
});

describe("the list of the next runs is introduced", () => {
  it.each([
    ["where nothing is stored", null, false, "If you turn it on, the next runs would be:"],
    ["while it is off", exampleSchedule({ enabled: false }), false, "If you turn it on, the next runs would be:"],
    ["while it is paused without an end", exampleSchedule({ pausedAt: now }), true, "If you resume it now, the next runs would be:"],
    ["while it is paused until a date", exampleSchedule({ pausedAt: now, pausedUntil: friday }), true, "The first runs after the pause:"],
    ["not while it is on", exampleSchedule(), false, null],
  ])("%s", (_, schedule, paused, lead) => {
    expect(nextRunsLead(schedule, paused)).toBe(lead);
  });
});
