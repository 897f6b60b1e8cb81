import { expect, test } from "vitest";
import type { ClockStyle } from "@/domain/preferences";
import { nextRunsCaption } from "./next-runs-words";

const NOW = new Date("2026-11-23T10:00:00Z");
const at = new Date("2027-07-14T07:00:00Z");
const later = new Date("2027-07-14T07:05:12Z");

interface CaptionChanges {
  from?: Date | null;
  startsAt?: Date;
  clockStyle?: ClockStyle;
}

function caption(viewerZone: string | null, { from = null, startsAt = at, clockStyle = "24h" }: CaptionChanges = {}) {
  return nextRunsCaption({ rows: [{ at, startsAt }], timeZone: "Europe/Berlin", viewerZone, from, now: NOW, clockStyle });
}

test.each([
  [null, "Times in Berlin."],
  ["Europe/Berlin", "Times in Berlin, which is your time."],
  ["Europe/Paris", "Times in Berlin, the same as yours in Paris."],
  ["Asia/Kolkata", "Times in Berlin, and for you in Kolkata."],
])("the caption names the schedule's zone and the reader's: %s", (viewerZone, expected) => {
  expect(caption(viewerZone)).toBe(expected);
});

test("the caption says from which day on the runs are, on the schedule's clock, and what the spread does", () => {
  expect(caption(null, { from: new Date("2027-07-13T22:00:00Z") })).toBe("Times in Berlin. From Wed 14 Jul 2027.");
  expect(caption(null, { startsAt: later })).toBe(
    "Times in Berlin. Each starts 5 min 12 s later, the first at 09:05:12: your organization's share of the spread.",
  );
  expect(caption(null, { startsAt: later, clockStyle: "12h" })).toContain("the first at 9:05:12 am:");
});
