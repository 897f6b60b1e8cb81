import { describe, expect, it } from "vitest";
import { isUnusuallyEmpty, medianCount, usualNewCount } from "./usual-items";

it("the median is there for few counts, too", () => {
  expect([medianCount([]), medianCount([7]), medianCount([9, 2]), medianCount([5, 1, 900])]).toEqual([null, 7, 6, 5]);
});

describe("usualNewCount", () => {
  it("says nothing of fewer than 5 runs", () => expect(usualNewCount([12, 12, 12, 12])).toBeNull());
  it("is the one in the middle, whatever their order", () => expect(usualNewCount([9, 12, 400, 0, 13])).toBe(12));
  it("is between the two in the middle of an even number", () => expect(usualNewCount([1, 2, 10, 13, 50, 60])).toBe(12));
  it("leaves the earlier runs in their order", () => {
    const earlier = [3, 1, 2, 5, 4];
    usualNewCount(earlier);
    expect(earlier).toEqual([3, 1, 2, 5, 4]);
  });
});

describe("isUnusuallyEmpty", () => {
  it("is a run without new items after runs that all had some", () => expect(isUnusuallyEmpty(0, [12, 9, 14, 12, 11])).toBe(true));
  it("is no run that brought something, however little", () => expect(isUnusuallyEmpty(1, [12, 9, 14, 12, 11])).toBe(false));
  it("needs 5 earlier runs", () => expect(isUnusuallyEmpty(0, [12, 9, 14, 12])).toBe(false));

  it.each([
    [[5, 5, 5, 0, 0, 5, 5, 5], true],
    [[5, 5, 5, 0, 0, 0, 5, 5], false],
    [[0, 0, 0, 0, 0], false],
  ])("after %j it is %s: three quarters must have brought something", (earlier, expected) => {
    expect(isUnusuallyEmpty(0, earlier)).toBe(expected);
  });

  it("never names a usual number of zero", () => {
    const earlier = [0, 0, 1, 1, 1, 1, 1, 1];
    expect([isUnusuallyEmpty(0, earlier), usualNewCount(earlier)]).toEqual([true, 1]);
  });
});
