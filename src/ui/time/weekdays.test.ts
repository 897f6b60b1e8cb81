import { expect, it } from "vitest";
import { weekdaysFrom } from "./weekdays";

it.each([
  [0, [0, 1, 2, 3, 4, 5, 6]],
  [1, [1, 2, 3, 4, 5, 6, 0]],
  [6, [6, 0, 1, 2, 3, 4, 5]],
] as const)("a week that begins with day %d is %j", (first, weekdays) => {
  expect(weekdaysFrom(first)).toEqual(weekdays);
});
