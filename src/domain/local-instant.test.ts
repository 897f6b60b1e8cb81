import { describe, expect, it } from "vitest";
import { formatLocalTime, instantOfLocal, parseLocalTime } from "./local-instant";

/** The instant and what the clock change did, for a local time as a field holds it. */
function instantOf(text: string, timeZone: string) {
  const localMs = parseLocalTime(text);
  if (localMs === null) throw new Error(`${text} is no time`);
  const { at, effect } = instantOfLocal(localMs, timeZone);
  return [at.toISOString(), effect];
}

describe("the instant of a local time", () => {
  it.each([
    ["an ordinary time", "2026-11-24T07:00", "Europe/Berlin", "2026-11-24T06:00:00.000Z", null],
    ["a zone west of Greenwich", "2026-12-31T23:30", "America/New_York", "2027-01-01T04:30:00.000Z", null],
    ["a zone far to the east, at the turn of the year", "2027-01-01T00:30", "Pacific/Kiritimati", "2026-12-31T10:30:00.000Z", null],
    ["UTC", "2026-11-24T07:00", "UTC", "2026-11-24T07:00:00.000Z", null],
    ["a time that does not exist is the first instant after the gap", "2027-03-14T02:30", "America/New_York", "2027-03-14T07:00:00.000Z", "moved"],
    ["the last instant before that gap", "2027-03-14T01:59", "America/New_York", "2027-03-14T06:59:00.000Z", null],
    ["the first one after it", "2027-03-14T03:00", "America/New_York", "2027-03-14T07:00:00.000Z", null],
    ["a midnight that does not exist", "2027-09-05T00:00", "America/Santiago", "2027-09-05T04:00:00.000Z", "moved"],
    ["half an hour that does not exist", "2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00.000Z", "moved"],
    ["a time that comes twice is its first", "2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z", "first_pass"],
    ["the time after it comes once", "2026-11-01T02:00", "America/New_York", "2026-11-01T07:00:00.000Z", null],
  ])("%s", (_, text, timeZone, at, effect) => {
    expect(instantOf(text, timeZone)).toEqual([at, effect]);
  });

  it("is refused for what is no zone", () => {
    expect(() => instantOf("2026-11-24T07:00", "Mars/Olympus")).toThrow("not a known time zone");
  });
});

describe("what a date-time field holds", () => {
  it.each(["2026-11-24T07:00", "2028-02-29T23:59", "1970-01-01T00:00"])("%s reads and writes the same", (text) => {
    expect(formatLocalTime(parseLocalTime(text) ?? Number.NaN)).toBe(text);
  });

  it("may have seconds, which are dropped", () => {
    expect(parseLocalTime("2026-11-24T07:00:59")).toBe(parseLocalTime("2026-11-24T07:00"));
  });

  it.each(["", "2026-11-24", "2026-11-31T07:00", "2027-02-29T07:00", "2026-13-01T07:00", "2026-11-24T24:00", "20261-11-24T07:00", "soon"])(
    "%j is no time",
    (text) => {
      expect(parseLocalTime(text)).toBeNull();
    },
  );
});
