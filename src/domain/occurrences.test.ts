import { describe, expect, it } from "vitest";
import { isAppError } from "./errors";
import { formatInZone } from "./format-time";
import { explainOccurrences, nextOccurrence, occurrences } from "./occurrences";

const NEW_YORK = "America/New_York";

/** The occurrences strictly after `from` and before `to`, as "01T05:30" (day of month and UTC time). */
function between(text: string, timeZone: string, from: string, to: string): string[] {
  const after = new Date(Date.parse(from) - 1);
  return occurrences(text, timeZone, after, 3_000)
    .filter((at) => at < new Date(to))
    .map((at) => at.toISOString().slice(8, 16));
}

function local(text: string, timeZone: string, after: string, count: number): string[] {
  return occurrences(text, timeZone, new Date(after), count).map((at) => formatInZone(at, timeZone));
}

describe("acceptance vectors", () => {
  it("vector 1: a time in New York's spring gap runs once, at the first instant after it", () => {
    expect(between("30 2 * * *", NEW_YORK, "2027-03-14T05:00Z", "2027-03-15T04:00Z")).toEqual(["14T07:00"]);
  });

  it("vector 2: a fixed time in New York's repeated hour runs in the first pass only", () => {
    expect(between("30 1 * * *", NEW_YORK, "2026-11-01T04:00Z", "2026-11-02T05:00Z")).toEqual(["01T05:30"]);
  });

  it("vector 3: intervals run in both passes of the repeated hour", () => {
    expect(between("0 * * * *", NEW_YORK, "2026-11-01T05:00Z", "2026-11-01T07:00Z")).toEqual(["01T05:00", "01T06:00"]);
    expect(between("*/30 * * * *", NEW_YORK, "2026-11-01T05:00Z", "2026-11-01T07:00Z")).toEqual(["01T05:00", "01T05:30", "01T06:00", "01T06:30"]);
  });

  it("vector 4: a list of hours is fixed times in the overlap and collapses in the gap", () => {
    expect(between("30 1,2 * * *", NEW_YORK, "2026-11-01T04:00Z", "2026-11-02T05:00Z")).toEqual(["01T05:30", "01T07:30"]);
    expect(between("30 1,2 * * *", NEW_YORK, "2027-03-14T05:00Z", "2027-03-15T04:00Z")).toEqual(["14T06:30", "14T07:00"]);
  });

  it("vector 5: midnight that doesn't exist in Cairo runs at 01:00", () => {
    expect(local("0 0 * * *", "Africa/Cairo", "2027-04-29T12:00:00Z", 2)).toEqual(["Fri 30 Apr, 01:00", "Sat 1 May, 00:00"]);
  });

  it("vector 6: 23:00 on Lord Howe comes every day of April 2027", () => {
    const rows = local("0 23 * * *", "Australia/Lord_Howe", "2027-03-31T13:00:00Z", 30);
    expect(new Set(rows).size).toBe(30);
    expect(rows.every((row) => row.endsWith(" Apr, 23:00"))).toBe(true);
  });

  it("vector 7: a time in Lord Howe's half-hour gap runs at 02:30", () => {
    expect(local("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z", 2)).toEqual(["Sun 4 Oct, 02:30", "Mon 5 Oct, 02:15"]);
  });

  it("vector 8: a gap that ends at midnight moves Nuuk's 23:00 to 00:00 of the next day", () => {
    expect(local("0 23 * * *", "America/Nuuk", "2027-03-27T12:00:00Z", 2)).toEqual(["Sun 28 Mar, 00:00", "Sun 28 Mar, 23:00"]);
  });

  it("vector 9: the day that Apia left out collapses into the first instant after it", () => {
    expect(local("0 9 * * *", "Pacific/Apia", "2011-12-29T12:00:00Z", 3)).toEqual(["Thu 29 Dec, 09:00", "Sat 31 Dec, 00:00", "Sat 31 Dec, 09:00"]);
  });

  it("vector 10: day of month and weekday make a union", () => {
    expect(between("0 0 13 * 5", "UTC", "2026-11-23T00:00Z", "2026-12-19T00:00Z")).toEqual(["27T00:00", "04T00:00", "11T00:00", "13T00:00", "18T00:00"]);
  });
});

describe("a gap", () => {
  it("adds nothing when its end is itself a slot", () => {
    expect(between("0 2,3 * * *", NEW_YORK, "2027-03-14T05:00Z", "2027-03-15T04:00Z")).toEqual(["14T07:00"]);
  });

  it("adds nothing to an expression that covers all 24 hours", () => {
    expect(between("15 * * * *", NEW_YORK, "2027-03-14T06:00Z", "2027-03-14T09:00Z")).toEqual(["14T06:15", "14T07:15", "14T08:15"]);
    expect(between("15 0-23 * * *", NEW_YORK, "2027-03-14T06:00Z", "2027-03-14T08:00Z")).toEqual(["14T06:15", "14T07:15"]);
  });

  it("collapses the skipped part of an interval that leaves hours out", () => {
    expect(between("*/20 1-2 * * *", NEW_YORK, "2027-03-14T06:00Z", "2027-03-14T09:00Z")).toEqual(["14T06:00", "14T06:20", "14T06:40", "14T07:00"]);
  });

  it("counts only for the days that the fields name", () => {
    expect(between("30 2 * * 1", NEW_YORK, "2027-03-14T05:00Z", "2027-03-15T04:00Z")).toEqual([]);
    expect(between("30 2 14 3 *", NEW_YORK, "2027-03-14T05:00Z", "2027-03-15T04:00Z")).toEqual(["14T07:00"]);
  });

  it("counts for the nominal day when it ends on the next one", () => {
    expect(local("30 23 * * 6", "America/Nuuk", "2027-03-27T12:00:00Z", 1)).toEqual(["Sun 28 Mar, 00:00"]);
    expect(local("0 9 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z", 1)).toEqual(["Sat 31 Dec, 00:00"]);
  });

  it("of two hours collapses as one of a minute would", () => {
    expect(between("0,30 1,2 * * *", "Antarctica/Troll", "2026-03-29T00:00Z", "2026-03-29T12:00Z")).toEqual(["29T01:00"]);
  });

  it("is the same instant whichever instant the search starts from", () => {
    const moved = new Date("2027-03-14T07:00:00Z");
    expect(nextOccurrence("30 2 * * *", NEW_YORK, new Date(moved.getTime() - 1))).toEqual(moved);
    expect(nextOccurrence("30 2 * * *", NEW_YORK, moved)).toEqual(new Date("2027-03-15T06:30:00Z"));
  });
});

describe("clocks that go back", () => {
  it("repeat a range within one hour", () => {
    expect(between("*/30 1 * * *", NEW_YORK, "2026-11-01T04:00Z", "2026-11-01T12:00Z")).toEqual(["01T05:00", "01T05:30", "01T06:00", "01T06:30"]);
  });

  it("don't fire a fixed time again for a search that starts in the second pass", () => {
    expect(between("30 1 * * *", NEW_YORK, "2026-11-01T06:00Z", "2026-11-02T05:00Z")).toEqual([]);
  });

  it("by half an hour repeat half an hour", () => {
    expect(between("45 1 * * *", "Australia/Lord_Howe", "2027-04-03T12:00Z", "2027-04-04T12:00Z")).toEqual(["03T14:45"]);
    expect(between("45 * * * *", "Australia/Lord_Howe", "2027-04-03T14:00Z", "2027-04-03T17:00Z")).toEqual(["03T14:45", "03T15:15", "03T16:15"]);
  });

  it("in Dublin, where winter is the exception, work as elsewhere", () => {
    expect(between("30 1 * * *", "Europe/Dublin", "2027-10-30T20:00Z", "2027-10-31T20:00Z")).toEqual(["31T00:30"]);
    expect(between("0 2 * * *", "Europe/Dublin", "2027-03-27T20:00Z", "2027-03-28T20:00Z")).toEqual(["28T01:00"]);
  });
});

describe("the shown golden values", () => {
  it.each([
    ["30 1 * * *", NEW_YORK, "2027-11-07T04:00Z", "2027-11-08T05:00Z", 1],
    ["0 2,14 * * *", NEW_YORK, "2027-03-14T05:00Z", "2027-03-15T04:00Z", 2],
    ["*/30 * * * *", NEW_YORK, "2027-03-14T05:00Z", "2027-03-15T04:00Z", 46],
    ["*/30 * * * *", NEW_YORK, "2027-11-07T04:00Z", "2027-11-08T05:00Z", 50],
    ["0 0 * * *", "America/Santiago", "2027-09-05T03:00Z", "2027-09-06T03:00Z", 1],
  ])("%s in %s from %s to %s: %i", (text, timeZone, from, to, count) => {
    expect(between(text, timeZone, from, to)).toHaveLength(count);
  });
});

describe("an explained occurrence", () => {
  const effects = (text: string, timeZone: string, after: string, count: number) =>
    explainOccurrences(text, timeZone, new Date(after), count).map(({ at, effect, nominalLocalMs }) => [
      at.toISOString().slice(11, 16),
      effect,
      new Date(nominalLocalMs).toISOString().slice(11, 16),
    ]);

  it("tells the time that a gap moved or merged", () => {
    expect(effects("30 2 * * *", NEW_YORK, "2027-03-13T12:00:00Z", 2)).toEqual([
      ["07:00", "moved", "02:30"],
      ["06:30", null, "02:30"],
    ]);
    expect(effects("0 2,3 * * *", NEW_YORK, "2027-03-13T12:00:00Z", 1)).toEqual([["07:00", "merged", "02:00"]]);
  });

  it("tells the pass of a time that comes twice", () => {
    expect(effects("30 1 * * *", NEW_YORK, "2026-11-01T04:00:00Z", 1)).toEqual([["05:30", "first_pass", "01:30"]]);
    expect(effects("30 * * * *", NEW_YORK, "2026-11-01T05:00:00Z", 3)).toEqual([
      ["05:30", "repeats", "01:30"],
      ["06:30", "second_pass", "01:30"],
      ["07:30", null, "02:30"],
    ]);
  });
});

describe("the bounds of a search", () => {
  it("exclude the instant that it starts from, to the millisecond", () => {
    const slot = new Date("2026-11-23T10:00:00Z");
    expect(nextOccurrence("0 10 * * *", "UTC", slot)).toEqual(new Date("2026-11-24T10:00:00Z"));
    expect(nextOccurrence("0 10 * * *", "UTC", new Date(slot.getTime() - 1))).toEqual(slot);
  });

  it("reach over leap years but not over 5 years without a day", () => {
    expect(occurrences("0 0 29 2 *", "UTC", new Date("2088-03-01T00:00:00Z"), 5).map((at) => at.getUTCFullYear())).toEqual([2092, 2096]);
    expect(nextOccurrence("0 0 29 2 *", "UTC", new Date("2099-03-01T00:00:00Z"))).toEqual(new Date("2104-02-29T00:00:00Z"));
    expect(occurrences("0 0 * 2 5#5", "UTC", new Date("2026-01-01T00:00:00Z"), 1)).toEqual([]);
  });

  it("give nothing for what never occurs, without an error", () => {
    expect(occurrences("0 0 30 2 *", "UTC", new Date("2026-01-01T00:00:00Z"), 3)).toEqual([]);
    expect(nextOccurrence("0 0 31 4,6 *", "Europe/Berlin", new Date("2026-01-01T00:00:00Z"))).toBeNull();
  });

  it("end where JavaScript's dates end", () => {
    expect(occurrences("0 0 1 1 *", "Europe/Berlin", new Date(8.64e15 - 86_400_000), 3)).toEqual([]);
  });

  it("give nothing for a count of 0", () => {
    expect(occurrences("* * * * *", "UTC", new Date("2026-01-01T00:00:00Z"), 0)).toEqual([]);
  });
});

it("accepts every name of a zone for the same answer", () => {
  const after = new Date("2026-11-23T00:00:00Z");
  expect(occurrences("0 9 * * *", "Europe/Kiev", after, 3)).toEqual(occurrences("0 9 * * *", "Europe/Kyiv", after, 3));
  expect(occurrences("0 9 * * *", "Asia/Calcutta", after, 1)).toEqual(occurrences("0 9 * * *", "Asia/Kolkata", after, 1));
});

it.each([
  ["0 99 * * *", "UTC", "2026-01-01", { field: "cronExpression", cronField: "hour" }],
  ["", "UTC", "2026-01-01", { field: "cronExpression", cronField: "expression" }],
  ["0 9 * * *", "+02:00", "2026-01-01", { field: "timeZone" }],
  ["0 9 * * *", "Mars/Olympus", "2026-01-01", { field: "timeZone" }],
  ["0 9 * * *", "UTC", "never", { field: "after" }],
])("throws a validation error for %j in %j after %s", (text, timeZone, after, details) => {
  try {
    occurrences(text, timeZone, new Date(after), 1);
    expect.unreachable();
  } catch (error) {
    expect(isAppError(error) && { code: error.code, details: error.details }).toEqual({ code: "validation", details });
  }
});
