import { describe, expect, it } from "vitest";
import { zoneChange } from "./zone-change";

const now = new Date("2026-11-24T00:30:00Z");

describe("zoneChange", () => {
  it("says that the time stays on the clock and that the run moves", () => {
    expect(zoneChange("0 7 * * *", "Europe/Berlin", "America/New_York", now, "24h")).toEqual({
      words: "07:00 stays 07:00, in the new zone. The next run moves from 06:00 UTC to 12:00 UTC.",
      sameMoment: "0 1 * * *",
    });
  });

  it("goes by the reader's clock", () => {
    expect(zoneChange("0 7 * * *", "Europe/Berlin", "America/New_York", now, "12h")?.words).toContain("The next run moves from 6:00 am UTC to 12:00 pm UTC.");
  });

  it("names the day where the run moves to another one", () => {
    expect(zoneChange("0 9 * * *", "Asia/Tokyo", "Europe/Berlin", now, "24h")?.words).toBe(
      "09:00 stays 09:00, in the new zone. The next run moves from Wed 25 Nov, 00:00 UTC to Tue 24 Nov, 08:00 UTC.",
    );
  });

  it("speaks of several times, and of intervals, which may not move at all", () => {
    expect(zoneChange("0 7,13 * * *", "Europe/Berlin", "UTC", now, "24h")?.words).toBe(
      "07:00 and 13:00 stay as they are, in the new zone. The next run moves from 06:00 UTC to 07:00 UTC.",
    );
    expect(zoneChange("*/15 * * * *", "Europe/Berlin", "Asia/Kolkata", now, "24h")).toEqual({
      words: "The times stay as they are, in the new zone. The next run stays at 00:45 UTC.",
      sameMoment: null,
    });
  });

  it("takes weekdays along to keep the same moment", () => {
    expect(zoneChange("0 7 * * 1-5", "Asia/Tokyo", "America/New_York", now, "24h")?.sameMoment).toBe("0 17 * * 0-4");
  });

  it("offers no moment that a plain shift does not give", () => {
    expect(zoneChange("0 2,13 * * 1-5", "Europe/Berlin", "America/New_York", now, "24h")?.sameMoment).toBeNull();
  });

  it("offers none where the clocks change before the next run", () => {
    // New York's clocks go back in the night of 1 November: 01:30 comes twice there, and Berlin's 06:30 is the second.
    const night = new Date("2026-11-01T00:30:00Z");
    expect(zoneChange("30 7 * * *", "Europe/Berlin", "America/New_York", night, "24h")?.sameMoment).toBeNull();
  });

  it("is silent between two names of one zone, and while something is mistyped", () => {
    expect(zoneChange("0 7 * * *", "Europe/Kiev", "Europe/Kyiv", now, "24h")).toBeNull();
    expect(zoneChange("0 7 * *", "Europe/Berlin", "UTC", now, "24h")).toBeNull();
    expect(zoneChange("0 7 * * *", "Europe/Berlin", "CET", now, "24h")).toBeNull();
  });
});
