import { describe, expect, it } from "vitest";
import type { TimelineRun, TimelineWindow } from "@/domain/run-timeline";
import { axisTicks, barWords, rowLabel } from "./timeline-words";

const now = new Date("2026-11-24T10:30:00Z");
const slotAt = new Date("2026-11-24T06:00:00Z");
const ended: TimelineRun = {
  id: "run-12",
  number: 12,
  status: "succeeded",
  presetName: "News",
  slotAt,
  spanStartAt: null,
  missedCount: 0,
  queuedAt: slotAt,
  startedAt: slotAt,
  finishedAt: new Date("2026-11-24T06:03:05Z"),
};

describe("barWords", () => {
  it("says which run, how it ended, when and how long", () => {
    expect(barWords(ended, "Europe/Berlin", now, "24h")).toBe("Run 12, Succeeded, Tue 24 Nov, 07:00, 3 min 5 s, News");
  });

  it("counts what was missed", () => {
    const missed: TimelineRun = { ...ended, status: "missed", missedCount: 6, startedAt: null, presetName: null };
    expect(barWords(missed, "UTC", now, "24h")).toBe("Run 12, Missed, Tue 24 Nov, 06:00, 6 slots were missed.");
  });
});

describe("rowLabel", () => {
  const row = { startsAt: new Date("2026-11-23T23:00:00Z"), endsAt: now };
  const labelOf = (window: TimelineWindow) => rowLabel(row, { window, timeZone: "Europe/Berlin", now, clockStyle: "24h" });
  it("names the day and the hour", () => expect(labelOf("day")).toBe("Tue 00:00"));
  it("names the day", () => expect(labelOf("week")).toBe("Tue 24 Nov"));
});

it("everything goes by the reader's clock", () => {
  const row = { startsAt: new Date("2026-11-24T13:00:00Z"), endsAt: now };
  expect(rowLabel(row, { window: "day", timeZone: "Europe/Berlin", now, clockStyle: "12h" })).toBe("Tue 2:00 pm");
  expect(barWords(ended, "Europe/Berlin", now, "12h")).toContain("Tue 24 Nov, 7:00 am");
  expect(axisTicks("week", "24h")).toEqual(["00:00", "06:00", "12:00", "18:00"]);
  expect(axisTicks("week", "12h")).toEqual(["12 am", "6 am", "12 pm", "6 pm"]);
});
