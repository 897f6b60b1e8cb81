import { describe, expect, it } from "vitest";
import { nextRunShift } from "./next-run-shift";

/** 15:00 in Berlin. */
const now = new Date("2026-11-24T14:00:00Z");
const berlin = (at: string) => ({ at: new Date(at), timeZone: "Europe/Berlin" });

describe("nextRunShift", () => {
  it("says from when to when the next run moves", () => {
    expect(nextRunShift(berlin("2026-11-24T17:00:00Z"), berlin("2026-11-25T02:30:00Z"), now, "24h")).toBe("Next run moves from today 18:00 to tomorrow 03:30.");
  });

  it("names the day when it is neither today nor tomorrow, and the year when it is another one", () => {
    expect(nextRunShift(berlin("2026-11-26T17:00:00Z"), berlin("2027-01-01T06:00:00Z"), now, "24h")).toBe(
      "Next run moves from Thu 26 Nov 18:00 to Fri 1 Jan 2027 07:00.",
    );
  });

  it("names the cities where the zones differ, and counts days as each zone's calendar does", () => {
    const auckland = { at: new Date("2026-11-24T14:30:00Z"), timeZone: "Pacific/Auckland" };
    expect(nextRunShift(berlin("2026-11-25T06:00:00Z"), auckland, now, "24h")).toBe("Next run moves from tomorrow 07:00 Berlin to today 03:30 Auckland.");
  });

  it("goes by the reader's clock", () => {
    expect(nextRunShift(berlin("2026-11-24T17:00:00Z"), berlin("2026-11-25T02:30:00Z"), now, "12h")).toBe(
      "Next run moves from today 6:00 pm to tomorrow 3:30 am.",
    );
  });

  it("says that a run stays where it is", () => {
    expect(nextRunShift(berlin("2026-11-24T17:00:00Z"), berlin("2026-11-24T17:00:00Z"), now, "24h")).toBe("Next run stays today 18:00.");
  });
});
