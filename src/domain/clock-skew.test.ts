import { describe, expect, it } from "vitest";
import { clockSkewMs } from "./clock-skew";

const at = (ms: number) => new Date(Date.UTC(2027, 2, 28, 1) + ms);
const skew = (askedMs: number, databaseMs: number, answeredMs: number) =>
  clockSkewMs({ askedAt: at(askedMs), databaseAt: at(databaseMs), answeredAt: at(answeredMs) });

describe("the difference between this machine's clock and the database's", () => {
  it.each([
    [0, 0, 0],
    [0, 3, 5],
    [0, 59_000, 60_000],
    [0, 1, 60_000],
  ])("is none while the database's time lies between asking and the answer, however slow that is (%i, %i, %i)", (asked, database, answered) => {
    expect(skew(asked, database, answered)).toBe(0);
  });

  it("is at least what asking was ahead by", () => {
    expect(skew(5_000, 0, 5_200)).toBe(5_000);
  });

  it("is at least what the answer was behind by", () => {
    expect(skew(-5_000, 0, -4_800)).toBe(-4_800);
  });
});
