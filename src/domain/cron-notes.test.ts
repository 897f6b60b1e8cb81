import { describe, expect, it } from "vitest";
import { cronNotes, minimumSpacingMs, overlapNote, parseCronForZone, spacingRefusal } from "./cron-notes";

const NOW = new Date("2026-11-23T10:00:00Z");
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe("the notes on an expression", () => {
  it.each([
    ["*/7 * * * *", "minute: Note: uneven. Runs at :00 … :56, then again at :00, 4 minutes later."],
    ["*/59 * * * *", "minute: Note: uneven. Runs at :00 … :59, then again at :00, 1 minute later."],
    ["30 */7 * * *", "hour: Note: uneven. Runs at 00:30 … 21:30, then again at 00:30, 3 hours later."],
    ["0 9 */2 * *", "dayOfMonth: Note: uneven. Starts again on day 1 of every month, whatever day came last."],
    ["0 9 * * */2", "dayOfWeek: Note: uneven. Starts again every week, 1 day later."],
    ["*/90 * * * *", "minute: Note: a step of 90 is larger than the minute field. Runs once an hour, at :00."],
    ["*/90 9 * * *", "minute: Note: a step of 90 is larger than the minute field. Runs once in each of its hours, at :00."],
    ["15 */24 * * *", "hour: Note: a step of 24 is larger than the hour field. Runs only in the hour from 00:15."],
    ["0 9 13 * 5", 'dayOfMonth: Note: runs on day 13 and also on every Friday. Cron joins these with "or".'],
    ["0 9 1,15 * 5#2", 'dayOfMonth: Note: runs on days 1 and 15 and also on the second Friday of the month. Cron joins these with "or".'],
    ["@yearly", "expression: Note: the next run is 38 days away, on Fri 1 Jan 2027, 00:00."],
  ])("%s", (text, expected) => {
    expect(cronNotes(text, "UTC", NOW).map(({ field, message }) => `${field}: ${message}`)).toEqual([expected]);
  });

  it.each(["*/15 * * * *", "0 */6 * * *", "0 7 * * 1-5", "5/20 * * * *", "0-30/7 * * * *", "0 9 L * *", "0 9 1-31 * 5", "*/1 * * * *"])(
    "are none for %s",
    (text) => {
      expect(cronNotes(text, "UTC", NOW)).toEqual([]);
    },
  );

  it("count 35 days to the millisecond", () => {
    const next = Date.parse("2027-01-01T00:00:00Z");
    expect(cronNotes("@yearly", "UTC", new Date(next - 35 * 24 * HOUR_MS))).toEqual([]);
    expect(cronNotes("@yearly", "UTC", new Date(next - 35 * 24 * HOUR_MS - 1))).toHaveLength(1);
  });
});

describe("the spacing of the next slots", () => {
  it("is the least there is, not what the text suggests", () => {
    expect(minimumSpacingMs("*/7 * * * *", "UTC", NOW)).toBe(4 * MINUTE_MS);
    expect(minimumSpacingMs("0,5 9 * * *", "UTC", NOW)).toBe(5 * MINUTE_MS);
    expect(minimumSpacingMs("0 0 29 2 *", "UTC", NOW)).toBe(4 * 366 * 24 * HOUR_MS - 3 * 24 * HOUR_MS);
  });

  it("shrinks where a clock change pushes slots together", () => {
    expect(minimumSpacingMs("0 1,2,4 * * *", "America/New_York", new Date("2027-03-01T00:00:00Z"))).toBe(HOUR_MS);
    expect(minimumSpacingMs("30 2,3 * * *", "America/New_York", new Date("2027-03-01T00:00:00Z"))).toBe(30 * MINUTE_MS);
  });

  it("is refused below the server's minimum and allowed at it", () => {
    expect(spacingRefusal("*/5 * * * *", "UTC", NOW, 15 * MINUTE_MS)).toBe("This server allows one run every 15 minutes at most.");
    expect(spacingRefusal("*/15 * * * *", "UTC", NOW, 15 * MINUTE_MS)).toBeNull();
  });
});

describe("slots closer together than runs are long", () => {
  it.each([
    ["*/5 * * * *", 6, "Note: runs take about 6 minutes. Every 5 minutes means about half are skipped."],
    ["*/5 * * * *", 12, "Note: runs take about 12 minutes. Every 5 minutes means about two thirds are skipped."],
    ["* * * * *", 9.5, "Note: runs take about 10 minutes. Every 1 minute means about 90 % are skipped."],
    ["0,5 9 * * *", 6, "Note: runs take about 6 minutes. Some slots are only 5 minutes apart and will be skipped."],
  ])("%s with runs of %d minutes", (text, minutes, message) => {
    expect(overlapNote(text, "UTC", NOW, minutes * MINUTE_MS)).toEqual({ field: "expression", message });
  });

  it("get no note when runs end in time", () => {
    expect(overlapNote("*/5 * * * *", "UTC", NOW, 5 * MINUTE_MS)).toBeNull();
  });
});

it("refuses what the calendar has, but not within 5 years", () => {
  expect(parseCronForZone("0 0 * 2 5#5", "UTC", NOW)).toEqual({
    ok: false,
    field: "expression",
    message: "This does not run in the next 5 years. Check the day, the month and the weekday.",
  });
  expect(parseCronForZone("0 0 29 2 *", "UTC", NOW).ok).toBe(true);
  expect(parseCronForZone("0 0 30 2 *", "UTC", NOW)).toMatchObject({ field: "dayOfMonth" });
});
