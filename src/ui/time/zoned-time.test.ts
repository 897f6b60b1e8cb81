import { describe, expect, it } from "vitest";
import { formatClock, formatClockWithSeconds, formatInstant, formatViewerTime } from "./zoned-time";

const now = new Date("2026-11-20T10:00:00Z");

describe("formatInstant", () => {
  it("names the day, the clock and the city", () => {
    expect(formatInstant(new Date("2026-11-24T06:00:00Z"), "Europe/Berlin", now, "24h")).toBe("Tue 24 Nov, 07:00 Berlin");
    expect(formatInstant(new Date("2026-11-24T06:00:00Z"), "America/New_York", now, "24h")).toBe("Tue 24 Nov, 01:00 New York");
    expect(formatInstant(new Date("2026-11-24T06:00:00Z"), "UTC", now, "24h")).toBe("Tue 24 Nov, 06:00 UTC");
  });

  it("goes by the clock of whoever reads", () => {
    expect(formatInstant(new Date("2026-11-24T06:00:00Z"), "Europe/Berlin", now, "12h")).toBe("Tue 24 Nov, 7:00 am Berlin");
    expect(formatViewerTime(new Date("2026-11-24T01:00:00Z"), "Europe/Berlin", "America/New_York", now, "12h")).toBe("Mon 23 Nov, 8:00 pm your time");
    const clocks = ["00:00", "00:30", "11:59", "12:00", "23:05"].map((clock) => formatClock(new Date(`2026-11-24T${clock}:00Z`), "UTC", "12h"));
    expect(clocks).toEqual(["12:00 am", "12:30 am", "11:59 am", "12:00 pm", "11:05 pm"]);
  });

  it("adds the year when it is another one where the zone is", () => {
    expect(formatInstant(new Date("2026-12-31T23:30:00Z"), "Europe/Berlin", now, "24h")).toBe("Fri 1 Jan 2027, 00:30 Berlin");
    expect(formatInstant(new Date("2026-12-31T23:30:00Z"), "UTC", now, "24h")).toBe("Thu 31 Dec, 23:30 UTC");
  });
});

describe("formatViewerTime", () => {
  it("is silent where both clocks show the same", () => {
    expect(formatViewerTime(new Date("2026-11-24T06:00:00Z"), "Europe/Berlin", "Europe/Paris", now, "24h")).toBeNull();
  });

  it("goes by the offset of that day, not by the zone's name", () => {
    const winter = new Date("2026-12-24T06:00:00Z");
    const summer = new Date("2026-07-24T06:00:00Z");
    expect(formatViewerTime(winter, "Europe/London", "UTC", now, "24h")).toBeNull();
    expect(formatViewerTime(summer, "Europe/London", "UTC", now, "24h")).toBe("06:00 your time");
  });

  it("names the day when it is another one for the reader", () => {
    expect(formatViewerTime(new Date("2026-11-24T01:00:00Z"), "Europe/Berlin", "America/New_York", now, "24h")).toBe("Mon 23 Nov, 20:00 your time");
  });
});

it("a clock can be told to the second, on either style of clock", () => {
  const at = new Date("2026-11-25T06:03:02.999Z");
  expect(["Europe/Berlin", "Asia/Kolkata"].map((zone) => formatClockWithSeconds(at, zone, "24h"))).toEqual(["07:03:02", "11:33:02"]);
  expect(formatClockWithSeconds(at, "America/New_York", "12h")).toBe("1:03:02 am");
});
