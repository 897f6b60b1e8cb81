import { describe, expect, it } from "vitest";
import { groupByDay } from "@/ui/time/group-by-day";
import { runDayLabel } from "./run-days";

const now = new Date("2026-11-24T10:00:00Z");
const slot = (number: number, at: string) => ({ number, slotAt: new Date(at), queuedAt: now });
const days = (runs: ReturnType<typeof slot>[], timeZone: string) =>
  groupByDay(runs, (run) => runDayLabel(run, timeZone, now)).map(({ label, rows }) => [label, rows.map(({ number }) => number)]);

describe("the days of a list of runs", () => {
  it("begin at midnight where the schedule is, and name today and yesterday", () => {
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

  it.each([
    ["after a day of 23 hours", "2027-03-28T22:30:00Z", "2027-03-28T07:00:00Z", "Yesterday, Sun 28 Mar"],
    ["a day of 23 hours and one more ago", "2027-03-28T22:30:00Z", "2027-03-27T07:00:00Z", "Sat 27 Mar"],
    ["at the end of a day of 25 hours", "2026-10-25T22:30:00Z", "2026-10-24T07:00:00Z", "Yesterday, Sat 24 Oct"],
  ])("know yesterday %s", (_, at, slotAt, label) => {
    expect(runDayLabel(slot(1, slotAt), "Europe/Berlin", new Date(at))).toBe(label);
  });

  it("are those of the request where a run has no slot, with the year where it is another one", () => {
    expect(runDayLabel({ slotAt: null, queuedAt: new Date("2025-11-24T10:00:00Z") }, "UTC", now)).toBe("Mon 24 Nov 2025");
  });

  it("keep the list's order, also where a slot of yesterday ran after a run of today", () => {
    expect(days([slot(2, "2026-11-23T23:50:00Z"), slot(1, "2026-11-24T00:10:00Z")], "UTC")).toEqual([
      ["Yesterday, Mon 23 Nov", [2]],
      ["Today, Tue 24 Nov", [1]],
    ]);
  });
});
