import { describe, expect, it } from "vitest";
import { heatScale, scaleSteps, shadeOf } from "./heat-scale";

describe("the shades of a heatmap", () => {
  it.each([
    [0, []],
    [1, [1]],
    [3, [1, 2, 3]],
    [16, [2, 4, 8, 16]],
    [5, [1, 2, 3, 5]],
    [1_000, [6, 32, 178, 1_000]],
  ])("for a largest day of %d go up to %j", (max, steps) => {
    expect(heatScale(max)).toEqual(steps);
  });

  it("are darkest for the largest day, and none for nothing", () => {
    const scale = heatScale(1_000);
    expect([0, 1, 6, 7, 178, 179, 1_000].map((value) => shadeOf(value, scale))).toEqual([0, 1, 1, 2, 3, 4, 4]);
    expect([0, 1].map((value) => shadeOf(value, heatScale(1)))).toEqual([0, 4]);
    expect(shadeOf(0, heatScale(0))).toBe(0);
  });

  it("follow each other without a hole, whatever the largest day", () => {
    for (let max = 1; max < 400; max++) {
      const steps = scaleSteps(heatScale(max));
      expect(steps.map(({ from }) => from)).toEqual([1, ...steps.slice(0, -1).map(({ to }) => to + 1)]);
      expect(steps.at(-1)).toMatchObject({ to: max, shade: 4 });
      expect(steps.every(({ from, to }) => from <= to)).toBe(true);
    }
  });
});
