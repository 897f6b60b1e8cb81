import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readDate } from "./read-date";

const read = (value: unknown) => readDate(value)?.toISOString();

describe("readDate", () => {
  it.each([
    ["2024-10-02T13:00:00Z", "2024-10-02T13:00:00.000Z"],
    ["2024-10-02T13:00:00.123456+02:00", "2024-10-02T11:00:00.123Z"],
    ["2024-10-02 13:00:00", "2024-10-02T13:00:00.000Z"],
    ["2024-10-02T13:00", "2024-10-02T13:00:00.000Z"],
    ["2024-10-02", "2024-10-02T00:00:00.000Z"],
    ["20241002T130000Z", "2024-10-02T13:00:00.000Z"],
    ["2024-10-02T13:00:00-0530", "2024-10-02T18:30:00.000Z"],
    ["2024-10-02 13:00:00 UTC", "2024-10-02T13:00:00.000Z"],
    ["Wed, 02 Oct 2024 13:00:00 GMT", "2024-10-02T13:00:00.000Z"],
    ["Wed, 2 Oct 24 13:00 +0200", "2024-10-02T11:00:00.000Z"],
    ["02 October 2024 13:00:00 EST", "2024-10-02T18:00:00.000Z"],
    ["Wed, 02 Oct 2024 01:00:00 PM PDT", "2024-10-02T20:00:00.000Z"],
    ["Wednesday, 02-Oct-24 13:00:00 GMT", "2024-10-02T13:00:00.000Z"],
    ["Wed, 02 Oct 2024 13:00:00 +0200 (CEST)", "2024-10-02T11:00:00.000Z"],
    ["Wed, 02 Oct 2024", "2024-10-02T00:00:00.000Z"],
    ["October 2, 2024", "2024-10-02T00:00:00.000Z"],
    ["Oct 2nd, 2024 at 1:05 pm", "2024-10-02T13:05:00.000Z"],
    ["Wed Oct  2 13:00:00 2024", "2024-10-02T13:00:00.000Z"],
    ["Wed Oct 2 13:00:00 PST 2024", "2024-10-02T21:00:00.000Z"],
    ["10/2/2024 1:00:00 PM", "2024-10-02T13:00:00.000Z"],
    ["  Wed,\n 02 Oct 2024 13:00:00 Z ", "2024-10-02T13:00:00.000Z"],
    [1727874000, "2024-10-02T13:00:00.000Z"],
    [1727874000000, "2024-10-02T13:00:00.000Z"],
    ["1727874000", "2024-10-02T13:00:00.000Z"],
  ])("%j is %s, whatever the zone of this machine", (value, expected) => {
    expect(read(value)).toBe(expected);
  });

  it.each([
    "",
    "yesterday",
    "2024-13-01",
    "2024-02-30",
    "2023-02-29",
    "2024-10-02T25:00:00Z",
    "2024-10-02T13:61:00Z",
    "Wed, 32 Oct 2024 13:00:00 GMT",
    "2024-10-02T13:00:00+99:99",
    "10/2/2024",
    null,
    undefined,
    {},
    Number.NaN,
    1e300,
    253402300800000,
    -62135596800001,
    8.64e15,
    "0000-01-01",
    "0001-01-01T00:00:00+02:00",
    "x".repeat(1000),
  ])("%j is unreadable", (value) => {
    expect(read(value)).toBeUndefined();
  });
});

interface DateCase {
  input: string;
  expected_utc: string | null;
}

const FILE = path.resolve(process.cwd(), "../shared/fixtures/dates/feed-dates.jsonl");
const present = existsSync(FILE);

/** Dates of the corpus that we leave unread, with the reason, or read differently. */
const EXCEPTIONS: Record<string, string> = {
  "Κυρ, 11 Ιούλ 2004 12:00:00 EST": "only English month names are read",
  "22013": "the 13th day of 2022 in the ordinal form of ISO 8601; the corpus states it for another of its readers",
};

describe.skipIf(!present)(`feedparser's dates${present ? "" : " (skipped: the shared fixtures are not on this machine)"}`, () => {
  it("are read alike, but for the listed ones", () => {
    const cases: DateCase[] = present
      ? readFileSync(FILE, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
    const different = cases.filter(({ input, expected_utc }) => (read(input)?.replace(/\.\d+Z$/, "Z") ?? null) !== expected_utc);
    expect(different.map(({ input }) => input).sort()).toEqual(Object.keys(EXCEPTIONS).sort());
  });
});
