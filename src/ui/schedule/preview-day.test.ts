import { describe, expect, test } from "vitest";
import { readPreviewDay } from "./preview-day";

const NOW = new Date("2026-11-23T10:00:00Z");

describe("the day that a preview begins on", () => {
  test.each([
    ["2027-03-14", "America/New_York", "2027-03-14T05:00:00.000Z"],
    ["2027-03-14", "Asia/Kolkata", "2027-03-13T18:30:00.000Z"],
    ["2000-01-01", "UTC", "2000-01-01T00:00:00.000Z"],
    // Its midnight does not exist.
    ["2027-09-05", "America/Santiago", "2027-09-05T04:00:00.000Z"],
  ])("%s in %s begins at %s", (day, timeZone, from) => {
    expect(readPreviewDay(day, timeZone, NOW)).toEqual({ from: new Date(from), problem: null });
  });

  test("is now where none is chosen, or where nobody knows the zone", () => {
    expect(readPreviewDay("", "UTC", NOW)).toEqual({ from: null, problem: null });
    expect(readPreviewDay("2027-03-14", "Mars/Olympus", NOW)).toEqual({ from: null, problem: null });
  });

  test.each([
    ["1999-12-31", "Pick a date from 2000 on."],
    // What a date field holds while a year is being typed.
    ["0002-03-14", "Pick a date from 2000 on."],
    ["2031-11-24", "Pick a date within the next 5 years."],
    ["9999-12-31", "Pick a date within the next 5 years."],
  ])("is refused in words: %s", (day, problem) => {
    expect(readPreviewDay(day, "UTC", NOW)).toEqual({ from: null, problem });
  });
});
