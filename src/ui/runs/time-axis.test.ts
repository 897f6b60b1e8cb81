import { describe, expect, it } from "vitest";
import { growingSpanMs, placeOnAxis, timeAxis } from "./time-axis";

const startAt = new Date("2026-11-24T07:00:00Z");
const later = (ms: number) => new Date(startAt.getTime() + ms);
const labels = (axis: { ticks: { label: string }[] }) => axis.ticks.map(({ label }) => label);

describe("the time axis of a run", () => {
  it.each([
    [0, ["0", "50 ms", "100 ms"]],
    [240, ["0", "100 ms", "200 ms"]],
    [1_900, ["0", "0.5 s", "1 s", "1.5 s"]],
    [3_900, ["0", "1 s", "2 s", "3 s"]],
    [4_000, ["0", "1 s", "2 s", "3 s", "4 s"]],
    [62_000, ["0", "30 s", "1 min"]],
    [14 * 60_000, ["0", "5 min", "10 min"]],
    [3 * 3_600_000, ["0", "1 h", "2 h", "3 h"]],
    [100 * 3_600_000, ["0", "1 d 1 h", "2 d 2 h", "3 d 3 h", "4 d 4 h"]],
  ])("has at most five round ticks within %d ms", (spanMs, expected) => expect(labels(timeAxis(startAt, spanMs))).toEqual(expected));

  it("places what happened before and after it at its edges", () => {
    const axis = timeAxis(startAt, 10_000);
    expect([later(-1), startAt, later(2_500), later(10_000), later(99_000)].map((at) => placeOnAxis(axis, at))).toEqual([0, 0, 25, 100, 100]);
  });
});

describe("the span of a run that is going", () => {
  it("stands still while the run grows, and has room for it", () => {
    const lengths = [11_000, 12_000, 13_000].map((elapsedMs) => growingSpanMs(elapsedMs, null));
    expect(lengths).toEqual([15_000, 15_000, 15_000]);
  });

  it("is as long as the run usually takes from its beginning on", () => expect(growingSpanMs(1_000, 58_000)).toBe(60_000));
  it("grows beyond that with a run that takes longer", () => expect(growingSpanMs(70_000, 58_000)).toBe(90_000));
});
