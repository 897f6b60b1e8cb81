import { describe, expect, it } from "vitest";
import { MAX_COUNTED_SLOTS } from "./plan-slot";
import { newestSlots, type SlotRule, type SlotSpan, slotsByDay } from "./span-slots";
import { formatIsoDay } from "./zone-days";

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
  ])("are the first one alone when %s", (_, unknown) => {
    expect(iso(newestSlots(WEEKEND, unknown, 60))).toEqual(["2026-11-20T07:00"]);
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

  it("are counted up to a week of minutes", () => {
    const long = span("2026-05-01T00:00Z", "2026-11-01T00:00Z", MAX_COUNTED_SLOTS);
    const counts = Object.values(days(long, rule("* * * * *"), "UTC", BEFORE));
    expect(counts).toEqual([1440, 1440, 1440, 1440, 1440, 1440, 1440]);
  });
});
