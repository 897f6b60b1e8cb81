import { describe, expect, it } from "vitest";
import { heightShare, placeBars } from "./strip-layout";

const HOUR = 3_600_000;
const centresOf = (times: readonly number[]) => placeBars(times).bars.map(({ centre }) => centre);
const gapsOf = (values: readonly number[]) => values.slice(1).map((value, index) => value - (values[index] ?? 0));

describe("the bars of the strip", () => {
  it("stand as far apart as their times, not one beside the other", () => {
    const [one = 0, other = 0] = gapsOf(centresOf([0, 1 * HOUR, 10 * HOUR]));
    expect(other / one).toBeCloseTo(9);
  });

  it("reach from end to end, whatever the range", () => {
    for (const range of [60_000, 400 * 24 * HOUR]) expect(centresOf([0, range])).toEqual([1, 99]);
  });

  it("one that is alone stands at the right, where the newest is", () => {
    expect(placeBars([5])).toEqual({ bars: [{ centre: 99, reachFrom: 0, reachTo: 100 }], barWidth: 2 });
    expect(placeBars([])).toMatchObject({ bars: [] });
  });

  it("never lie on each other: 60 that come in bursts still have more than half of their even room, in order and within the strip", () => {
    const bursts = Array.from({ length: 60 }, (_, index) => Math.floor(index / 20) * 24 * HOUR + (index % 20) * 60_000);
    const { bars, barWidth } = placeBars(bursts);
    const centres = bars.map(({ centre }) => centre);
    expect(Math.min(...gapsOf(centres))).toBeGreaterThan(1);
    expect(barWidth).toBeLessThan(Math.min(...gapsOf(centres)));
    expect([centres[0], centres.at(-1)]).toEqual([expect.closeTo(1), expect.closeTo(99)]);
  });

  it("share the whole strip among them, so that the pointer always means one", () => {
    const { bars } = placeBars([0, 1, 2, 50, 100]);
    expect([bars[0]?.reachFrom, bars.at(-1)?.reachTo]).toEqual([0, 100]);
    expect(bars.slice(1).every(({ reachFrom }, index) => reachFrom === bars[index]?.reachTo)).toBe(true);
  });
});

describe("heights", () => {
  it("go by the root, so that a large first run does not flatten the others", () => {
    expect([0, 10, 1_000].map((count) => heightShare(count, 1_000))).toEqual([0, 0.1, 1]);
    expect(heightShare(0, 0)).toBe(0);
  });
});
