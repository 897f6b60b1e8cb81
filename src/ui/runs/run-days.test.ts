import { describe, expect, it } from "vitest";
import { groupByDay } from "./run-days";

const now = new Date("2026-11-24T10:00:00Z");
const slot = (number: number, at: string) => ({ number, slotAt: new Date(at), queuedAt: now });
const days = (runs: ReturnType<typeof slot>[], timeZone: string) =>
  groupByDay(runs, timeZone, now).map(({ label, runs: ofDay }) => [label, ofDay.map(({ number }) => number)]);

describe("groupByDay", () => {
  it("cuts at midnight where the schedule is, and names today and yesterday", () => {
    const runs = [slot(4, "2026-11-24T06:00:00Z"), slot(3, "2026-11-23T23:00:00Z"), slot(2, "2026-11-23T22:59:00Z"), slot(1, "2026-11-22T06:00:00Z")];
    expect(days(runs, "Europe/Berlin")).toEqual([
      ["Today, Tue 24 Nov", [4, 3]],
      ["Yesterday, Mon 23 Nov", [2]],
      ["Sun 22 Nov", [1]],
    ]);
    expect(days(runs, "UTC")).toEqual([
      ["Today, Tue 24 Nov", [4]],
      ["Yesterday, Mon 23 Nov", [3, 2]],
      ["Sun 22 Nov", [1]],
    ]);
  });

  it("takes the day of the request where a run has no slot, and the year of another year", () => {
    const runs = [{ number: 1, slotAt: null, queuedAt: new Date("2025-11-24T10:00:00Z") }];
    expect(groupByDay(runs, "UTC", now)).toEqual([{ label: "Mon 24 Nov 2025", runs }]);
  });

  it("keeps the list's order, also where a slot of yesterday ran after a run of today", () => {
    expect(days([slot(2, "2026-11-23T23:50:00Z"), slot(1, "2026-11-24T00:10:00Z")], "UTC")).toEqual([
      ["Yesterday, Mon 23 Nov", [2]],
      ["Today, Tue 24 Nov", [1]],
    ]);
  });
});
