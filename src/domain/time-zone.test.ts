import { describe, expect, it } from "vitest";
import { findOffsetChanges } from "@/testing/wall-clock-reference";
import { isAppError } from "./errors";
import {
  offsetMsAt,
  parseOffsetMs,
  requireTimeZone,
  resolveTimeZone,
  sameTimeZone,
  TIME_ZONE_IDS,
  timeZoneCity,
  timeZoneName,
  transitionsBetween,
} from "./time-zone";
import { refuseTimeZone } from "./time-zone-refusal";

const HOUR_MS = 3_600_000;

describe("resolveTimeZone", () => {
  it("accepts every zone of the engine and of the picker", () => {
    for (const id of [...Intl.supportedValuesOf("timeZone"), ...TIME_ZONE_IDS]) expect(resolveTimeZone(id), id).toMatchObject({ ok: true });
  });

  it.each([
    ["Europe/Kyiv", "Europe/Kyiv"],
    ["Europe/Kiev", "Europe/Kyiv"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["US/Eastern", "America/New_York"],
    ["europe/berlin", "Europe/Berlin"],
    ["Japan", "Asia/Tokyo"],
    ["UTC", "UTC"],
    ["Etc/UTC", "UTC"],
    ["Zulu", "UTC"],
    ["Etc/GMT+5", "Etc/GMT+5"],
  ])("knows %s as %s", (id, canonical) => {
    expect(resolveTimeZone(id)).toEqual({ ok: true, id: canonical });
  });

  it.each([
    ["", "Choose a time zone, for instance Europe/Berlin."],
    ["+05:30", "+05:30 is an offset and does not follow clock changes. Use a place, for instance Asia/Kolkata."],
    ["UTC+2", "UTC+2 is an offset and does not follow clock changes. Use a place, for instance Africa/Johannesburg."],
    ["GMT-8", "GMT-8 is an offset and does not follow clock changes. Use a place, for instance America/Los_Angeles."],
    ["PST", "PST is an abbreviation and does not say which place's clock to follow. Use a place, for instance America/Los_Angeles."],
    ["cet", "cet is an abbreviation and does not say which place's clock to follow. Use a place, for instance Europe/Berlin."],
    ["EST5EDT", "EST5EDT is an abbreviation and does not say which place's clock to follow. Use a place, for instance America/New_York."],
    ["Berlin", '"Berlin" is not a known time zone. Did you mean Europe/Berlin?'],
    ["America/New York", '"America/New York" is not a known time zone. Did you mean America/New_York?'],
    [" Europe/Berlin", '" Europe/Berlin" is not a known time zone. Did you mean Europe/Berlin?'],
    ["Mars/Olympus", '"Mars/Olympus" is not a known time zone. Pick one from the list, for instance Europe/Berlin.'],
    ["SystemV/EST5", '"SystemV/EST5" is not a known time zone. Pick one from the list, for instance Europe/Berlin.'],
  ])("refuses %j and suggests another", (id, message) => {
    expect(resolveTimeZone(id)).toEqual({ ok: false });
    expect(refuseTimeZone(id)).toBe(message);
  });

  it("refuses every abbreviation that the engine would take", () => {
    for (const id of ["ACT", "AST", "BST", "CST", "EST", "GMT", "HST", "IST", "JST", "MET", "MST", "NST", "SST", "WET"])
      expect(resolveTimeZone(id).ok, id).toBe(false);
  });
});

it("compares zones by what they are, not by how they are called", () => {
  expect(sameTimeZone("Europe/Kiev", "Europe/Kyiv")).toBe(true);
  expect(sameTimeZone("Etc/UTC", "utc")).toBe(true);
  expect(sameTimeZone("Europe/Berlin", "Europe/Oslo")).toBe(false);
  expect(sameTimeZone("nowhere", "nowhere")).toBe(false);
});

it("throws for an unknown zone where one is required", () => {
  try {
    requireTimeZone("+02:00");
    expect.unreachable();
  } catch (error) {
    expect(isAppError(error) && error.details).toEqual({ field: "timeZone" });
  }
});

it("names zones as sentences do", () => {
  expect(["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5", "Asia/Calcutta"].map(timeZoneName)).toEqual([
    "Berlin time",
    "Buenos Aires time",
    "UTC",
    "UTC-5",
    "Kolkata time",
  ]);
  expect(timeZoneCity("Europe/Kiev")).toBe("Kyiv");
});

it("lists UTC first and every zone once, by its current name", () => {
  expect(TIME_ZONE_IDS[0]).toBe("UTC");
  expect(new Set(TIME_ZONE_IDS).size).toBe(TIME_ZONE_IDS.length);
  expect(TIME_ZONE_IDS).toEqual(expect.arrayContaining(["Asia/Kolkata", "Europe/Kyiv", "America/Nuuk"]));
  expect(TIME_ZONE_IDS).not.toEqual(expect.arrayContaining(["Asia/Calcutta"]));
});

describe("offsets", () => {
  it("follow the seasons", () => {
    expect(offsetMsAt("America/New_York", new Date("2027-01-01T00:00:00Z"))).toBe(-5 * HOUR_MS);
    expect(offsetMsAt("America/New_York", new Date("2027-07-01T00:00:00Z"))).toBe(-4 * HOUR_MS);
    expect(offsetMsAt("Asia/Kolkata", new Date("2027-07-01T00:00:00Z"))).toBe(5.5 * HOUR_MS);
  });

  it("change at the instant itself", () => {
    const change = Date.parse("2027-03-14T07:00:00Z");
    expect(offsetMsAt("America/New_York", new Date(change - 1))).toBe(-5 * HOUR_MS);
    expect(offsetMsAt("America/New_York", new Date(change))).toBe(-4 * HOUR_MS);
  });

  it("are read to the second where history has seconds", () => {
    expect(offsetMsAt("Africa/Monrovia", new Date("1971-06-01T00:00:00Z"))).toBe(-2_670_000);
  });

  it("of a year that borrows them from 400 years before are what Intl says of that year", () => {
    const [from, to] = [new Date("2527-01-01T00:00:00Z"), new Date("2528-01-01T00:00:00Z")];
    const changes = transitionsBetween("Europe/Berlin", from, to).map(({ at }) => at.getTime());
    expect(changes).toHaveLength(2);
    expect(changes).toEqual(findOffsetChanges("Europe/Berlin", from.getTime(), to.getTime()).map(({ atMs }) => atMs));
  });

  it("are read from what a person types", () => {
    expect(["+5:30", "UTC-3", "GMT+0200", "\u22127", "+15", "5:30", "EST"].map(parseOffsetMs)).toEqual([
      5.5 * HOUR_MS,
      -3 * HOUR_MS,
      2 * HOUR_MS,
      -7 * HOUR_MS,
      null,
      null,
      null,
    ]);
  });
});

describe("transitions", () => {
  const transitions = (zone: string, from: string, to: string) =>
    transitionsBetween(zone, new Date(from), new Date(to)).map(({ at, offsetBeforeMs, offsetAfterMs }) => [
      at.toISOString(),
      (offsetAfterMs - offsetBeforeMs) / 60_000,
    ]);

  it("include the start of the interval and exclude its end", () => {
    expect(transitions("America/New_York", "2027-03-14T07:00:00Z", "2027-11-07T06:00:00Z")).toEqual([["2027-03-14T07:00:00.000Z", 60]]);
  });

  it("of Casablanca, Lord Howe, Troll and Apia come with their size", () => {
    // A past year: time zone data 2026c no longer has changes of Casablanca after 2026, older data has them for ever.
    expect(transitions("Africa/Casablanca", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z")).toEqual([
      ["2025-02-23T02:00:00.000Z", -60],
      ["2025-04-06T02:00:00.000Z", 60],
    ]);
    expect(transitions("Australia/Lord_Howe", "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z").map(([, minutes]) => minutes)).toEqual([-30, 30]);
    expect(transitions("Antarctica/Troll", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z").map(([, minutes]) => minutes)).toEqual([120, -120]);
    expect(transitions("Pacific/Apia", "2011-12-01T00:00:00Z", "2012-02-01T00:00:00Z")).toEqual([["2011-12-30T10:00:00.000Z", 1440]]);
  });

  it("are none in UTC", () => {
    expect(transitions("UTC", "2000-01-01T00:00:00Z", "2038-01-01T00:00:00Z")).toEqual([]);
  });
});
