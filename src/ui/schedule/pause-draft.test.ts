import { describe, expect, it } from "vitest";
import { exampleSchedule } from "@/testing/schedule-example";
import { checkPauseDraft, endNote, fieldTime, type PauseDraft, pauseDraftOf, pauseEnd, toPause } from "./pause-draft";

const now = new Date("2026-11-24T10:00:00Z");
const friday = new Date("2026-11-27T00:00:00Z");
const paused = { pausedAt: now, pausedByName: "Ada Lovelace" };
const BY_HAND: PauseDraft = { note: "", ends: "by_hand", localTime: "" };
const until = (localTime: string): PauseDraft => ({ note: "", ends: "at_time", localTime });

describe("the fields of a pause", () => {
  it.each([
    ["are empty where there is none", exampleSchedule(), BY_HAND],
    ["are empty where it is over", exampleSchedule({ ...paused, pauseNote: "Moving", pausedUntil: now }), BY_HAND],
    ["show a note", exampleSchedule({ ...paused, pauseNote: "Moving" }), { ...BY_HAND, note: "Moving" }],
    ["show an end on the schedule's clock", exampleSchedule({ ...paused, pausedUntil: friday }), until("2026-11-27T01:00")],
    ["leave out the reason that Milkrun gave", exampleSchedule({ pausedAt: now, pauseNote: "The last 20 runs failed." }), BY_HAND],
  ])("%s", (_, schedule, draft) => {
    expect(pauseDraftOf(schedule, now)).toEqual(draft);
  });
});

describe("a pause is checked before it is sent", () => {
  it.each([
    ["an end without a time", until(""), { until: "Pick a date and a time." }],
    ["an end that has passed in the schedule's zone", until("2026-11-24T11:00"), { until: "Pick a time in the future." }],
    ["a note that is too long", { ...BY_HAND, note: "x".repeat(501) }, { note: "Keep the note under 500 characters." }],
    ["nothing about a time that was typed and then not chosen", { ...BY_HAND, localTime: "2020-01-01T00:00" }, {}],
    ["nothing about an end in the future", until("2026-11-24T11:01"), {}],
  ])("%s", (_, draft, errors) => {
    expect(checkPauseDraft(draft, "Europe/Berlin", now)).toEqual(errors);
  });
});

it("a pause is sent with what was chosen only", () => {
  const schedule = exampleSchedule({ version: 3 });
  expect(toPause({ ...BY_HAND, note: "  Moving ", localTime: "2026-11-27T01:00" }, schedule)).toEqual({ version: 3, note: "Moving" });
  expect(toPause(until("2026-11-27T01:00"), schedule)).toEqual({ version: 3, until: friday });
});

describe("what a clock change does to the end", () => {
  it.each([
    ["2027-03-14T02:30", "Clocks go forward then, and 02:30 does not exist: it resumes at 03:00."],
    ["2026-11-01T01:30", "Clocks go back then, and 01:30 comes twice: it resumes at the first."],
    ["2026-11-27T01:00", null],
  ])("%s in New York", (localTime, note) => {
    const end = pauseEnd(until(localTime), "America/New_York");
    expect(end && endNote(end, localTime, "America/New_York")).toBe(note);
  });
});

it("an instant is written as a date-time field holds it", () => {
  expect(fieldTime(now, "Asia/Kolkata")).toBe("2026-11-24T15:30");
});
