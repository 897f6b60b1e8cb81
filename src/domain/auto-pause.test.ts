import { describe, expect, it } from "vitest";
import { autoPauseNote, planAutoPause } from "./auto-pause";

const NOW = new Date("2026-11-24T12:00:00.000Z");
const DAY_MS = 86_400_000;

it.each([
  { failedInRow: 0, forMs: 30 * DAY_MS, plan: "nothing" },
  { failedInRow: 4, forMs: 30 * DAY_MS, plan: "nothing" },
  { failedInRow: 5, forMs: 0, plan: "warn" },
  { failedInRow: 19, forMs: 30 * DAY_MS, plan: "warn" },
  { failedInRow: 20, forMs: 3 * DAY_MS - 1, plan: "warn" },
  { failedInRow: 20, forMs: 3 * DAY_MS, plan: "pause" },
  { failedInRow: 4_000, forMs: 2 * DAY_MS, plan: "warn" },
  { failedInRow: 4_000, forMs: 3 * DAY_MS, plan: "pause" },
])("$failedInRow failed runs in a row over $forMs ms: $plan", ({ failedInRow, forMs, plan }) => {
  expect(planAutoPause({ failedInRow, failingSince: new Date(NOW.getTime() - forMs), now: NOW })).toBe(plan);
});

describe("the note of an automatic pause", () => {
  const streak = { count: 20, since: new Date("2026-11-20T06:00:00Z"), lastMessage: "News: the site answered 404." };

  it("says how many runs failed, since when in the schedule's zone, and why the last one did", () => {
    const note = "Paused by Milkrun: the last 20 runs failed, since Fri 20 Nov 2026, 07:00 Berlin. News: the site answered 404.";
    expect(autoPauseNote(streak, "Europe/Berlin")).toBe(note);
  });

  it("does without a reason where there is none", () => {
    const note = "Paused by Milkrun: the last 20 runs failed, since Fri 20 Nov 2026, 06:00 UTC.";
    expect(autoPauseNote({ ...streak, lastMessage: null }, "UTC")).toBe(note);
  });

  it("stays short, and stands in a zone that is gone too", () => {
    const note = autoPauseNote({ ...streak, lastMessage: "x".repeat(10_000) }, "Mars/Olympus");
    expect(note).toMatch(/06:00 UTC\. x+…$/);
    expect(note.length).toBeLessThan(400);
  });
});
