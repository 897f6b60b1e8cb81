import { describe, expect, it } from "vitest";
import { timelineRows, timelineWindow } from "./run-timeline";

const now = new Date("2026-11-24T10:20:00Z");
const berlin = (cronExpression: string) => ({ cronExpression, timeZone: "Europe/Berlin" });

describe("timelineWindow", () => {
  it.each([
    ["* * * * *", "day"],
    ["*/30 * * * *", "day"],
    ["0 * * * *", "day"],
    ["0 */4 * * *", "day"],
    ["0 */6 * * *", "week"],
    ["0 7 * * *", "week"],
    ["0 7 * * 1", "week"],
    ["0 7 1 * *", "week"],
    ["0 0 30 2 *", "week"],
  ])("%s is seen best by the %s", (cron, window) => expect(timelineWindow(berlin(cron), now)).toBe(window));

  it("goes by the slots that were, so that a Monday morning does not show an empty weekend", () => {
    const officeHours = berlin("0 9-17 * * 1-5");
    expect(timelineWindow(officeHours, new Date("2026-11-24T17:00:00Z"))).toBe("day");
    expect(timelineWindow(officeHours, new Date("2026-11-23T07:00:00Z"))).toBe("week");
  });

  it("is the week without a schedule, or with a zone or expression that is no longer understood", () => {
    expect(timelineWindow(null, now)).toBe("week");
    expect(timelineWindow({ cronExpression: "* * * * *", timeZone: "Mars/Base" }, now)).toBe("week");
    expect(timelineWindow({ cronExpression: "every day", timeZone: "UTC" }, now)).toBe("week");
  });
});

describe("timelineRows", () => {
  const spans = (rows: ReturnType<typeof timelineRows>) => rows.map(({ startsAt, endsAt }) => `${startsAt.toISOString()}/${endsAt.toISOString()}`);

  it("has 24 full hours of the zone's clock, the present one first", () => {
    const rows = timelineRows("day", "Asia/Kolkata", now);
    expect(rows).toHaveLength(24);
    expect(spans(rows)[0]).toBe("2026-11-24T09:30:00.000Z/2026-11-24T10:30:00.000Z");
    expect(spans(rows)[23]).toBe("2026-11-23T10:30:00.000Z/2026-11-23T11:30:00.000Z");
  });

  it("has 7 days of the zone's calendar, today first", () => {
    const rows = timelineRows("week", "Europe/Berlin", now);
    expect(rows).toHaveLength(7);
    expect(spans(rows)[0]).toBe("2026-11-23T23:00:00.000Z/2026-11-24T23:00:00.000Z");
    expect(spans(rows)[6]).toBe("2026-11-17T23:00:00.000Z/2026-11-18T23:00:00.000Z");
  });

  it.each([
    ["America/New_York", "2027-03-15T12:00:00Z", 23],
    ["America/New_York", "2026-11-02T12:00:00Z", 25],
    ["Europe/Berlin", "2026-11-24T12:00:00Z", 24],
  ])("in %s the day before %s has %i hours", (timeZone, at, hours) => {
    const yesterday = timelineRows("week", timeZone, new Date(at))[1];
    expect(((yesterday?.endsAt.getTime() ?? 0) - (yesterday?.startsAt.getTime() ?? 0)) / 3_600_000).toBe(hours);
  });

  it.each(["day", "week"] as const)("leaves no gap between the rows of a %s", (window) => {
    const rows = timelineRows(window, "America/New_York", new Date("2026-11-01T18:00:00Z"));
    for (const [index, row] of rows.slice(1).entries()) expect(row.endsAt).toEqual(rows[index]?.startsAt);
  });
});
