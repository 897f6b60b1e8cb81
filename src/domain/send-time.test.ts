import { describe, expect, test } from "vitest";
import { quietUntil, type SendTiming, sendAt } from "./send-time";

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const quiet = (from: string, until: string) => ({ fromMinute: minuteOf(from), untilMinute: minuteOf(until) });

function timing(zone: string, options: { digest?: SendTiming["digest"]; at?: string; quiet?: [string, string] } = {}): SendTiming {
  const { digest = "at_once", at = "08:00" } = options;
  return { digest, digestMinute: minuteOf(at), quietHours: options.quiet ? quiet(...options.quiet) : null, timeZone: zone };
}

const sent = (when: SendTiming, now: string) => sendAt(when, new Date(now)).toISOString();

describe("when what comes now is sent", () => {
  test.each([
    ["at once", timing("UTC"), "2026-11-24T10:14:05Z", "2026-11-24T10:14:05.000Z"],
    ["with the next full hour", timing("UTC", { digest: "hourly" }), "2026-11-24T10:14:05Z", "2026-11-24T11:00:00.000Z"],
    ["at a full hour, with the next one", timing("UTC", { digest: "hourly" }), "2026-11-24T10:00:00Z", "2026-11-24T11:00:00.000Z"],
    [
      "with the next full hour of a zone that is half an hour off",
      timing("Asia/Kolkata", { digest: "hourly" }),
      "2026-11-24T10:14:05Z",
      "2026-11-24T10:30:00.000Z",
    ],
    ["at the time of day", timing("Europe/Berlin", { digest: "daily" }), "2026-11-24T06:59:00Z", "2026-11-24T07:00:00.000Z"],
    ["at that very time, the next day", timing("Europe/Berlin", { digest: "daily" }), "2026-11-24T07:00:00Z", "2026-11-25T07:00:00.000Z"],
    ["after the quiet hours", timing("Europe/Berlin", { quiet: ["22:00", "07:00"] }), "2026-11-24T21:00:00Z", "2026-11-25T06:00:00.000Z"],
    ["after the quiet hours that began yesterday", timing("Europe/Berlin", { quiet: ["22:00", "07:00"] }), "2026-11-25T02:00:00Z", "2026-11-25T06:00:00.000Z"],
    ["at once when they have just ended", timing("Europe/Berlin", { quiet: ["22:00", "07:00"] }), "2026-11-25T06:00:00Z", "2026-11-25T06:00:00.000Z"],
    ["after quiet hours at noon", timing("UTC", { quiet: ["12:00", "13:00"] }), "2026-11-24T12:30:00Z", "2026-11-24T13:00:00.000Z"],
    [
      "daily, but not within quiet hours",
      timing("UTC", { digest: "daily", at: "06:00", quiet: ["22:00", "07:00"] }),
      "2026-11-24T10:00:00Z",
      "2026-11-25T07:00:00.000Z",
    ],
    [
      "daily at a time within quiet hours, with their next end, also what comes after that time",
      timing("UTC", { digest: "daily", at: "00:00", quiet: ["22:00", "07:00"] }),
      "2026-11-24T01:00:00Z",
      "2026-11-24T07:00:00.000Z",
    ],
  ])("%s", (_, when, now, expected) => {
    expect(sent(when, now)).toBe(expected);
  });
});

describe("around a clock change", () => {
  test.each([
    // Berlin leaves 02:00 to 03:00 out on 28 March 2027, and repeats it on 31 October.
    [
      "a daily time that does not exist is the moment after it",
      timing("Europe/Berlin", { digest: "daily", at: "02:30" }),
      "2027-03-27T23:00:00Z",
      "2027-03-28T01:00:00.000Z",
    ],
    [
      "a daily time that comes twice is the first",
      timing("Europe/Berlin", { digest: "daily", at: "02:30" }),
      "2027-10-30T22:00:00Z",
      "2027-10-31T00:30:00.000Z",
    ],
    ["and not the second as well", timing("Europe/Berlin", { digest: "daily", at: "02:30" }), "2027-10-31T00:45:00Z", "2027-11-01T01:30:00.000Z"],
    [
      "quiet hours end an hour sooner when the clocks go forward",
      timing("Europe/Berlin", { quiet: ["22:00", "07:00"] }),
      "2027-03-27T22:00:00Z",
      "2027-03-28T05:00:00.000Z",
    ],
    ["and an hour later when they go back", timing("Europe/Berlin", { quiet: ["22:00", "07:00"] }), "2027-10-30T21:00:00Z", "2027-10-31T06:00:00.000Z"],
    [
      "quiet hours whose end does not exist end with the gap",
      timing("Europe/Berlin", { quiet: ["22:00", "02:30"] }),
      "2027-03-28T00:30:00Z",
      "2027-03-28T01:00:00.000Z",
    ],
    [
      "quiet hours that end within the hour that comes twice end in its first pass",
      timing("Europe/Berlin", { quiet: ["22:00", "02:30"] }),
      "2027-10-31T00:10:00Z",
      "2027-10-31T00:30:00.000Z",
    ],
    [
      "and, where they begin anew with it, in its second",
      timing("Europe/Berlin", { quiet: ["22:00", "02:30"] }),
      "2027-10-31T01:10:00Z",
      "2027-10-31T01:30:00.000Z",
    ],
    [
      "hourly follows the wall clock of Lord Howe, which moves by half an hour",
      timing("Australia/Lord_Howe", { digest: "hourly" }),
      "2027-04-03T14:45:00Z",
      "2027-04-03T15:00:00.000Z",
    ],
  ])("%s", (_, when, now, expected) => {
    expect(sent(when, now)).toBe(expected);
  });
});

test("outside quiet hours, and without any, nothing is quiet", () => {
  const at = new Date("2026-11-24T12:00:00Z");
  expect(quietUntil({ quietHours: null, timeZone: "UTC" }, at)).toBeNull();
  expect(quietUntil({ quietHours: quiet("22:00", "07:00"), timeZone: "UTC" }, at)).toBeNull();
});
