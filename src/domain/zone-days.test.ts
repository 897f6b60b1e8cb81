import { describe, expect, it } from "vitest";
import { DAY_MS, dayNumber, HOUR_MS } from "./calendar-days";
import { dayInZone, formatIsoDay, mondayOf, monthOf, parseIsoDay, startOfDay } from "./zone-days";

const hoursOf = (date: string, zone: string) => {
  const day = parseIsoDay(date) ?? 0;
  return (startOfDay(day + 1, zone).getTime() - startOfDay(day, zone).getTime()) / HOUR_MS;
};

describe("a day of a zone", () => {
  it.each([
    ["2026-11-24", "Europe/Berlin", 24],
    ["2027-03-28", "Europe/Berlin", 23],
    ["2026-10-25", "Europe/Berlin", 25],
    ["2027-04-04", "Australia/Lord_Howe", 24.5],
    ["2027-09-05", "America/Santiago", 23],
    ["2011-12-30", "Pacific/Apia", 0],
  ])("%s in %s has %d hours", (date, zone, hours) => {
    expect(hoursOf(date, zone)).toBe(hours);
  });

  it("begins after the gap where midnight does not exist", () => {
    expect(startOfDay(dayNumber(2027, 9, 5), "America/Santiago")).toEqual(new Date("2027-09-05T04:00:00Z"));
  });

  it("holds its first instant and not the one before, all year round", () => {
    for (const zone of ["UTC", "Asia/Kathmandu", "America/Havana", "America/Santiago", "Africa/Casablanca"]) {
      for (let day = dayNumber(2027, 1, 1); day <= dayNumber(2027, 12, 31); day++) {
        const start = startOfDay(day, zone);
        expect([dayInZone(start, zone), dayInZone(new Date(start.getTime() - 1), zone)], `${formatIsoDay(day)} ${zone}`).toEqual([day, day - 1]);
      }
    }
  });
});

it("writes and reads dates as addresses have them", () => {
  const day = dayNumber(2026, 11, 4);
  expect(formatIsoDay(day)).toBe("2026-11-04");
  expect(parseIsoDay("2026-11-04")).toBe(day);
  expect([parseIsoDay("2026-02-30"), parseIsoDay("soon")]).toEqual([null, null]);
  expect(monthOf(day)).toBe(11);
});

it("a week begins on Monday", () => {
  const monday = dayNumber(2026, 11, 23);
  expect([0, 1, 6].map((later) => mondayOf(monday + later))).toEqual([monday, monday, monday]);
  expect(new Date(monday * DAY_MS).getUTCDay()).toBe(1);
});
