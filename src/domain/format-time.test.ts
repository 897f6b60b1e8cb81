import { expect, it } from "vitest";
import { formatDuration, formatInZone, formatLocalClock, formatOffset, formatZoneAbbreviation } from "./format-time";

const MINUTE_MS = 60_000;

it("writes an instant on a zone's clock", () => {
  const at = new Date("2026-11-24T06:00:00Z");
  expect(formatInZone(at, "Europe/Berlin")).toBe("Tue 24 Nov, 07:00");
  expect(formatInZone(at, "America/New_York", true)).toBe("Tue 24 Nov 2026, 01:00");
  expect(formatInZone(new Date("2026-12-31T23:30:00Z"), "Asia/Kolkata", true)).toBe("Fri 1 Jan 2027, 05:00");
  expect(formatLocalClock(-MINUTE_MS)).toBe("23:59");
});

it("writes offsets as people do", () => {
  expect([0, 3_600_000, 19_800_000, -12_600_000].map(formatOffset)).toEqual(["UTC", "UTC+1", "UTC+5:30", "UTC-3:30"]);
});

it("knows abbreviations of both sides of the Atlantic and falls back on the offset", () => {
  const july = new Date("2026-07-01T00:00:00Z");
  expect(["UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu"].map((zone) => formatZoneAbbreviation(july, zone))).toEqual([
    "UTC",
    "EDT",
    "CEST",
    "UTC+5:45",
  ]);
});

it.each([
  [45_000, "45 s"],
  [MINUTE_MS, "1 minute"],
  [6 * MINUTE_MS, "6 minutes"],
  [60 * MINUTE_MS, "1 hour"],
  [90 * MINUTE_MS, "1 h 30 min"],
  [24 * 60 * MINUTE_MS, "24 hours"],
  [4 * 24 * 60 * MINUTE_MS, "4 days"],
])("writes %d ms as %s", (durationMs, words) => {
  expect(formatDuration(durationMs)).toBe(words);
});
