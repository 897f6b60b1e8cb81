import { expect, test } from "vitest";
import { dayNumber } from "./calendar-days";
import { occurrences } from "./occurrences";
import { runsPerMonth } from "./runs-per-month";

const MONTHS = 28 * 12;
const DAYS = dayNumber(2028, 1, 1) - dayNumber(2000, 1, 1);

test.each([
  ["0 0 1 * *", 1],
  ["0 0 L * *", 1],
  ["0 7,19 15 * *", 2],
  ["0 7 * * *", DAYS / MONTHS],
  ["0 7 * * 1-5", (DAYS / 7) * (5 / MONTHS)],
  ["*/30 * * * *", (DAYS * 48) / MONTHS],
  ["* * * * *", (DAYS * 1440) / MONTHS],
  ["@yearly", 1 / 12],
  ["0 0 29 2 *", 7 / MONTHS],
  ["0 0 29 2 1-7", 7 / MONTHS],
  ["0 0 30 2 *", 0],
])("%s comes %d times in an average month", (text, expected) => {
  expect(runsPerMonth(text)).toBeCloseTo(expected, 10);
});

test.each(["0 9 13 * 5", "30 8 * * 1#1", "0 22 * 3-9 5L", "5 4 1,15 */2 3"])("%s comes as often as the engine finds it over 28 years", (text) => {
  const from = new Date("1999-12-31T23:59:59Z");
  const found = occurrences(text, "UTC", from, 20_000).filter((at) => at < new Date("2028-01-01T00:00:00Z"));
  expect(runsPerMonth(text) * MONTHS).toBeCloseTo(found.length, 6);
});
