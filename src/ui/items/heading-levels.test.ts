import { expect, test } from "vitest";
import { headingLevels } from "./heading-levels";

test.each([
  [[], []],
  [[1], [3]],
  [
    [2, 2, 3, 2],
    [3, 3, 4, 3],
  ],
  [
    [1, 4, 6, 4, 1],
    [3, 4, 5, 4, 3],
  ],
  [
    [4, 2, 1, 2],
    [3, 3, 3, 4],
  ],
  [
    [1, 2, 3, 4, 5, 6],
    [3, 4, 5, 6, 6, 6],
  ],
])("headings of the levels %j become %j", (stated, levels) => expect(headingLevels(stated)).toEqual(levels));
