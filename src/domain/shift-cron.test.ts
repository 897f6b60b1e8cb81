import { describe, expect, it } from "vitest";
import { createRandom, RANDOM_SEED } from "@/testing/random";
import { randomCrons } from "@/testing/random-cron";
import { getCronExpression } from "./cron-expression";
import { occurrences } from "./occurrences";
import { shiftCron } from "./shift-cron";

const HOUR = 60;
const MINUTE_MS = 60_000;

describe("shiftCron", () => {
  it.each([
    ["0 7 * * *", 6 * HOUR, "0 13 * * *"],
    ["0 7 * * *", -9 * HOUR, "0 22 * * *"],
    ["15 7,20 * * *", 5 * HOUR + 30, "45 1,12 * * *"],
    ["0 9-17 * * *", HOUR, "0 10-18 * * *"],
    ["0 */6 * * *", HOUR, "0 1-19/6 * * *"],
    ["*/15 * * * *", 5 * HOUR + 30, "*/15 * * * *"],
    ["@daily", HOUR, "0 1 * * *"],
  ])("moves %s by %d minutes to %s", (text, byMinutes, shifted) => {
    expect(shiftCron(text, byMinutes)).toBe(shifted);
  });

  it.each([
    ["0 7 * * 1-5", -9 * HOUR, "0 22 * * 0-4"],
    ["0 22 * * MON-FRI", 5 * HOUR, "0 3 * * 2-6"],
    ["0 23 * * 6", 2 * HOUR, "0 1 * * 0"],
    ["0 1 * * 0", -2 * HOUR, "0 23 * * 6"],
    ["0 7 * * MON", HOUR, "0 8 * * MON"],
    ["0 2 15 * *", -5 * HOUR, "0 21 14 * *"],
    ["0 23 1,15 6 *", 2 * HOUR, "0 1 2,16 6 *"],
    ["0 23 13 * 5", 2 * HOUR, "0 1 14 * 6"],
  ])("takes the days of %s along over midnight: %d minutes give %s", (text, byMinutes, shifted) => {
    expect(shiftCron(text, byMinutes)).toBe(shifted);
  });

  it.each([
    ["one of the times stays on its weekday and the other does not", "0 2,13 * * 1-5", -5 * HOUR],
    ["the hours of a day would end on two days", "0 * * * 1-5", HOUR],
    ["the minutes of an hour would lie in two hours", "0,45 7 * * *", 30],
    ["the day before the first is another one every month", "0 2 1 * *", -5 * HOUR],
    ["not every month has a 29th", "0 22 28 * *", 5 * HOUR],
    ["the last day moves into the next month", "0 22 L * *", 5 * HOUR],
    ["the day before a first Friday may be in the month before", "0 2 * * 5#1", -5 * HOUR],
    ["a day moves into another month", "0 2 * 6 *", -5 * HOUR],
    ["a range would fall apart into a list", "0 22-23 * * *", HOUR],
  ])("gives nothing where %s", (_, text, byMinutes) => {
    expect(shiftCron(text, byMinutes)).toBeNull();
  });

  it("gives nothing for what is no expression and for parts of a minute", () => {
    expect(shiftCron("0 9 * *", HOUR)).toBeNull();
    expect(shiftCron("0 9 * * *", 0.5)).toBeNull();
  });
});

it(`a shifted expression is due at exactly the moments of the first, that much later (MILKRUN_TEST_SEED=${RANDOM_SEED})`, () => {
  const random = createRandom(RANDOM_SEED);
  const start = new Date("2026-11-24T00:00:00Z");
  let compared = 0;
  for (const text of randomCrons(1_000, RANDOM_SEED)) {
    const byMinutes = (random(105) - 48) * 15;
    const shifted = shiftCron(text, byMinutes);
    if (shifted === null) continue;
    compared += 1;
    const after = new Date(start.getTime() + byMinutes * MINUTE_MS);
    const expected = occurrences(text, "UTC", start, 40).map((at) => new Date(at.getTime() + byMinutes * MINUTE_MS));
    expect(occurrences(shifted, "UTC", after, 40), `${text} by ${byMinutes} gives ${shifted}`).toEqual(expected);
    expect(getCronExpression(shifted).isInterval, `${text} gives ${shifted}`).toBe(getCronExpression(text).isInterval);
  }
  expect(compared).toBeGreaterThan(40);
});
