import { describe, expect, it } from "vitest";
import { MAX_COUNTED_SLOTS } from "./plan-slot";
import { newestSlots, type SlotRule, type SlotSpan, slotsByDay } from "./span-slots";
import { dayInZone, formatIsoDay } from "./zone-days";

const rule = (cronExpression: string, timeZone = "UTC"): SlotRule => ({ cronExpression, timeZone });
const span = (firstAt: string, untilAt: string, count: number): SlotSpan => ({ firstAt: new Date(firstAt), untilAt: new Date(untilAt), count });
const iso = (dates: readonly Date[]) => dates.map((date) => date.toISOString().slice(0, 16));
const days = (...args: Parameters<typeof slotsByDay>) => Object.fromEntries([...slotsByDay(...args)].map(([day, count]) => [formatIsoDay(day), count]));

const WEEKEND = span("2026-11-20T07:00Z", "2026-11-24T07:00Z", 2);
const WEEKDAYS = rule("0 7 * * 1-5");
const BEFORE = new Date("2026-01-01T00:00Z");

describe("the newest slots of a span", () => {
  it("are those that the schedule had then, its end excluded", () => {
    expect(iso(newestSlots(WEEKEND, WEEKDAYS, 60))).toEqual(["2026-11-23T07:00", "2026-11-20T07:00"]);
    expect(iso(newestSlots(WEEKEND, WEEKDAYS, 1))).toEqual(["2026-11-23T07:00"]);
  });

  it("are found at the end of half a year of minutes without going through it", () => {
    const long = span("2026-05-01T00:00Z", "2026-11-01T00:00Z", MAX_COUNTED_SLOTS);
    const found = newestSlots(long, rule("* * * * *"), 60);
    expect(iso([found[0] ?? BEFORE, found[59] ?? BEFORE])).toEqual(["2026-10-31T23:59", "2026-10-31T23:00"]);
    expect(found).toHaveLength(60);
  });

  it("follow the clock changes of the schedule's zone", () => {
    const night = span("2026-10-25T00:00Z", "2026-10-25T02:30Z", 6);
    expect(iso(newestSlots(night, rule("*/30 * * * *", "Europe/Berlin"), 3))).toEqual(["2026-10-25T02:00", "2026-10-25T01:30", "2026-10-25T01:00"]);
  });

  it.each([
    ["nobody knows what the schedule was", null],
    ["its zone is known no more", rule("0 7 * * *", "Mars/Olympus")],
    ["its expression is refused by now", rule("0 7 * * 1-5 daily")],
    ["its expression never comes", rule("0 7 30 2 *")],
  ])("are the first one alone when %s", (_, unknown) => {
    expect(iso(newestSlots(WEEKEND, unknown, 60))).toEqual(["2026-11-20T07:00"]);
    expect(days(WEEKEND, unknown, "UTC", BEFORE)).toEqual({ "2026-11-20": 1 });
  });
});

describe("the slots of a span by day", () => {
  it("leave out the days on which none was due", () => {
    expect(days(WEEKEND, WEEKDAYS, "UTC", BEFORE)).toEqual({ "2026-11-20": 1, "2026-11-23": 1 });
  });

  it("are counted on the days of the zone that is shown, which may be another one than then", () => {
    const night = span("2026-11-23T20:00Z", "2026-11-24T02:00Z", 6);
    expect(days(night, rule("0 * * * *"), "UTC", BEFORE)).toEqual({ "2026-11-23": 4, "2026-11-24": 2 });
    expect(days(night, rule("0 * * * *"), "Europe/Berlin", BEFORE)).toEqual({ "2026-11-23": 3, "2026-11-24": 3 });
  });

  it("begin with the first day that is shown", () => {
    expect(days(WEEKEND, WEEKDAYS, "UTC", new Date("2026-11-21T00:00Z"))).toEqual({ "2026-11-23": 1 });
    expect(days({ ...WEEKEND, count: 1 }, WEEKDAYS, "UTC", new Date("2026-11-21T00:00Z"))).toEqual({});
  });

  const HALF_A_YEAR = span("2026-05-01T00:30Z", "2026-11-01T12:00Z", MAX_COUNTED_SLOTS);

  it("are all told after half a year of minutes, from its first day to its last", () => {
    const counts = days(HALF_A_YEAR, rule("* * * * *"), "UTC", BEFORE);
    expect(Object.keys(counts)).toHaveLength(185);
    expect(counts).toMatchObject({ "2026-05-01": 1410, "2026-05-02": 1440, "2026-07-15": 1440, "2026-10-31": 1440, "2026-11-01": 720 });
  });

  it("go by the clock changes and the days of the week, however long it was", () => {
    const counts = days(HALF_A_YEAR, rule("*/30 * * * 0,1", "Europe/Berlin"), "Europe/Berlin", BEFORE);
    expect(counts).toMatchObject({ "2026-05-03": 48, "2026-10-18": 48, "2026-10-25": 50, "2026-10-26": 48, "2026-11-01": 26 });
    expect(counts).not.toHaveProperty("2026-10-27");
    expect(Object.keys(counts)).toHaveLength(53);
  });

  it.each(["0 7 * * *", "15 2,3 * * 1-5", "*/7 * * * *", "30 0 1,25 * *"])("are those that there were one by one: %s", (expression) => {
    const was = rule(expression, "Europe/Berlin");
    const byDay: Record<string, number> = {};
    for (const at of newestSlots(HALF_A_YEAR, was, Number.POSITIVE_INFINITY)) {
      const day = formatIsoDay(dayInZone(at, "Europe/Berlin"));
      byDay[day] = (byDay[day] ?? 0) + 1;
    }
    expect(days(HALF_A_YEAR, was, "Europe/Berlin", BEFORE)).toEqual(byDay);
  });

  it("are those of the newest days, about 10,080, where the schedule went by another zone then", () => {
    const counts = days(HALF_A_YEAR, rule("* * * * *", "Europe/Berlin"), "UTC", BEFORE);
    expect(Object.keys(counts).toSorted()[0]).toBe("2026-10-25");
    expect(counts).toMatchObject({ "2026-10-25": 1440, "2026-10-31": 1440, "2026-11-01": 720 });
  });
});
