import { describe, expect, it } from "vitest";
import { formatDuration, formatRelative } from "./duration";

describe("formatDuration", () => {
  it.each([
    [0, "0 ms"],
    [240, "240 ms"],
    [999.6, "1 s"],
    [8_900, "8 s"],
    [60_000, "1 min"],
    [185_000, "3 min 5 s"],
    [3 * 3_600_000 + 12 * 60_000, "3 h 12 min"],
    [2 * 86_400_000 + 4 * 3_600_000 + 59 * 60_000, "2 d 4 h"],
  ])("writes %d ms as %s", (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });
});

describe("formatRelative", () => {
  const now = new Date("2026-11-20T10:00:00Z");
  const after = (ms: number) => new Date(now.getTime() + ms);

  it.each([
    [500, "now"],
    [-500, "now"],
    [45_000, "in 45 s"],
    [119_000, "in 1 min 59 s"],
    [150_000, "in 2 min"],
    [-150_000, "2 min ago"],
    [3 * 3_600_000 + 12 * 60_000, "in 3 h 12 min"],
    [-3 * 86_400_000, "3 d ago"],
  ])("%d ms away is %s", (ms, words) => {
    expect(formatRelative(after(ms), now)).toBe(words);
  });
});
