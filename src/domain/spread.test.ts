import { expect, it } from "vitest";
import { dueAtOf, spreadOffsetMs } from "./spread";

const MINUTE = 60_000;
const ids = Array.from({ length: 600 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`);

it("without a spread every slot is dispatched at its instant", () => {
  const slot = new Date("2026-11-23T10:00:00Z");
  expect(ids.map((id) => spreadOffsetMs(id, 0))).toEqual(ids.map(() => 0));
  expect(dueAtOf(slot, "a", 0)).toEqual(slot);
});

it("an organization always has the same moment, in whole seconds within the spread", () => {
  for (const id of ids) {
    const offset = spreadOffsetMs(id, 5 * MINUTE);
    expect(offset).toBe(spreadOffsetMs(id, 5 * MINUTE));
    expect(offset % 1000).toBe(0);
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThan(5 * MINUTE);
  }
});

it("organizations are spread evenly: no tenth of the spread has more than a fifth of them", () => {
  const inTenth = (tenth: number) => ids.filter((id) => Math.floor(spreadOffsetMs(id, 10 * MINUTE) / MINUTE) === tenth).length;
  const tenths = Array.from({ length: 10 }, (_, tenth) => inTenth(tenth));
  expect(Math.max(...tenths)).toBeLessThan(ids.length / 5);
  expect(Math.min(...tenths)).toBeGreaterThan(ids.length / 50);
});

it("no slot is due never", () => {
  expect(dueAtOf(null, "a", MINUTE)).toBeNull();
});
