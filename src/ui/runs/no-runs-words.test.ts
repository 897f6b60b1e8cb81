import { expect, it } from "vitest";
import type { Schedule } from "@/domain/schedule";
import { noRunsWords } from "./no-runs-words";

const now = new Date("2026-11-23T10:00:00Z");
const slot = new Date("2026-11-24T06:00:00Z");
const schedule = {
  enabled: true,
  timeZone: "Europe/Berlin",
  nextRunAt: slot,
  dueAt: slot,
  skipSlotAt: null,
  slotAfterSkipAt: null,
  pausedAt: null,
  pausedUntil: null,
} as Schedule;

it("names the first run that is due, in the schedule's zone", () => {
  expect(noRunsWords(schedule, now, "24h")).toBe("No runs yet. The first is due Tue 24 Nov, 07:00 Berlin.");
});

it("goes by the reader's clock", () => {
  expect(noRunsWords(schedule, now, "12h")).toBe("No runs yet. The first is due Tue 24 Nov, 7:00 am Berlin.");
});

it("names the one after a slot that is left out", () => {
  const slotAfterSkipAt = new Date("2026-11-25T06:00:00Z");
  expect(noRunsWords({ ...schedule, skipSlotAt: slot, slotAfterSkipAt }, now, "24h")).toContain("Wed 25 Nov, 07:00 Berlin.");
});

it("says that the schedule is paused", () => {
  expect(noRunsWords({ ...schedule, nextRunAt: null, dueAt: null, pausedAt: now }, now, "24h")).toContain("The schedule is paused");
});

it("says that nothing is scheduled, with or without a schedule that is off", () => {
  const words = "No runs yet. Nothing is scheduled: runs start only by “Run now”.";
  expect(noRunsWords(null, now, "24h")).toBe(words);
  expect(noRunsWords({ ...schedule, enabled: false, nextRunAt: null, dueAt: null }, now, "24h")).toBe(words);
});
