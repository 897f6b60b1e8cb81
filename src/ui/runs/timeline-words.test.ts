import { describe, expect, it } from "vitest";
import type { TimelineRun } from "@/domain/run-timeline";
import { barWords, rowLabel } from "./timeline-words";

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
    expect(barWords(ended, "Europe/Berlin", now)).toBe("Run 12, Succeeded, Tue 24 Nov, 07:00, 3 min 5 s, News");
  });

  it("counts what was missed", () => {
    const missed: TimelineRun = { ...ended, status: "missed", missedCount: 6, startedAt: null, presetName: null };
    expect(barWords(missed, "UTC", now)).toBe("Run 12, Missed, Tue 24 Nov, 06:00, 6 slots were missed.");
  });
});

describe("rowLabel", () => {
  const row = { startsAt: new Date("2026-11-23T23:00:00Z"), endsAt: now };
  it("names the day and the hour", () => expect(rowLabel(row, "day", "Europe/Berlin", now)).toBe("Tue 00:00"));
  it("names the day", () => expect(rowLabel(row, "week", "Europe/Berlin", now)).toBe("Tue 24 Nov"));
});
