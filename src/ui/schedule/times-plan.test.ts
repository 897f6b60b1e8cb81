import { describe, expect, it } from "vitest";
import { moveAll, putTime, refusalWords } from "./times-plan";

const twice = { minute: 0, hours: [7, 13] };

describe("putTime", () => {
  it("adds a time at the same minute, in order", () => {
    expect(putTime(twice, "new", { hour: 9, minute: 0 })).toEqual({ minute: 0, hours: [7, 9, 13] });
    expect(putTime(twice, "new", { hour: 13, minute: 0 })).toEqual(twice);
  });

  it("changes a time", () => {
    expect(putTime(twice, 7, { hour: 20, minute: 0 })).toEqual({ minute: 0, hours: [13, 20] });
    expect(putTime(twice, 7, { hour: 13, minute: 0 })).toEqual({ minute: 0, hours: [13] });
  });

  it("takes any minute for the only time", () => {
    expect(putTime({ minute: 0, hours: [7] }, 7, { hour: 7, minute: 30 })).toEqual({ minute: 30, hours: [7] });
    expect(putTime({ minute: null, hours: [] }, "new", { hour: 7, minute: 30 })).toEqual({ minute: 30, hours: [7] });
  });

  it("does not take another minute beside others", () => {
    expect(putTime(twice, "new", { hour: 9, minute: 30 })).toBeNull();
    expect(putTime(twice, 7, { hour: 7, minute: 30 })).toBeNull();
  });
});

it("moveAll takes the others along to the minute", () => {
  expect(moveAll(twice, 7, { hour: 7, minute: 30 })).toEqual({ minute: 30, hours: [7, 13] });
  expect(moveAll({ minute: 0, hours: [7] }, "new", { hour: 13, minute: 30 })).toEqual({ minute: 30, hours: [7, 13] });
});

describe("refusalWords", () => {
  it("says why a time does not fit, and which would", () => {
    expect(refusalWords({ minute: 0, hours: [7] }, "new", { hour: 13, minute: 30 })).toBe(
      "13:30 does not fit: cron has one minute for all times of a day, and 07:00 is at :00. Use 13:00, or edit it as cron.",
    );
    expect(refusalWords({ minute: 5, hours: [7, 9, 13] }, 7, { hour: 8, minute: 0 })).toBe(
      "08:00 does not fit: cron has one minute for all times of a day, and the others are at :05. Use 08:05, or edit it as cron.",
    );
  });

  it("asks for a time where none is typed", () => {
    expect(refusalWords(twice, 7, null)).toBe("Enter a time, for instance 07:00 or 19:30.");
  });
});
