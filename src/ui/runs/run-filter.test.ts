import { describe, expect, it } from "vitest";
import type { RunCounts } from "@/domain/run";
import { RUN_STATUSES } from "@/domain/run-status";
import { countOf, isFiltered, RUN_FILTER_OPTIONS, type RunView, runListInput, runTimelineInput, runViewHref, runViewOf, withoutFilters } from "./run-filter";

const id = "3f0b8a52-6f0c-4b5a-9d6e-0a4e6b7a1c11";
const ALL: RunView = { status: "all", timeline: false };

describe("runViewOf", () => {
  it("reads every filter", () =>
    expect(runViewOf({ status: "missed", by: "api", preset: id, from: "2026-11-01", to: "2026-11-30" })).toEqual({
      status: "missed",
      timeline: false,
      trigger: "api",
      presetId: id,
      from: "2026-11-01",
      to: "2026-11-30",
    }));

  it.each([
    {},
    { status: "exploded", by: "cron", preset: "x", from: "2026-02-30", to: "yesterday", view: "table", window: "year" },
    { status: ["failed", "missed"] },
  ])("shows everything for %j", (params) => expect(runViewOf(params)).toEqual(ALL));

  it("gives the timeline its window and no days", () =>
    expect(runViewOf({ view: "timeline", window: "week", from: "2026-11-01" })).toEqual({ status: "all", timeline: true, window: "week" }));
});

describe("runViewHref", () => {
  it("is the bare page for everything", () => expect(runViewHref(ALL)).toBe("/runs"));
  it("is what other pages link to for a day", () =>
    expect(runViewHref({ ...ALL, from: "2026-11-23", to: "2026-11-23" })).toBe("/runs?from=2026-11-23&to=2026-11-23"));

  it.each<RunView>([
    { status: "failed", timeline: false, trigger: "person", presetId: id, from: "2026-11-01", to: "2026-11-02" },
    { status: "skipped", timeline: true, trigger: "schedule", window: "day" },
  ])("reproduces %j", (view) => {
    expect(runViewOf(Object.fromEntries(new URL(runViewHref(view), "http://localhost").searchParams))).toEqual(view);
  });

  it("drops the days where a list becomes a timeline", () => expect(runViewHref({ ...ALL, from: "2026-11-23", timeline: true })).toBe("/runs?view=timeline"));
});

describe("filters", () => {
  it("are none in a view of everything, and clearing them leads there", () => {
    const view: RunView = { status: "failed", timeline: true, presetId: id, window: "day" };
    expect(isFiltered(view)).toBe(true);
    expect(isFiltered(withoutFilters(view))).toBe(false);
    expect(withoutFilters(view)).toEqual({ status: "all", timeline: true, window: "day" });
  });

  it("put every status behind exactly one filter besides All", () => {
    const statuses = RUN_FILTER_OPTIONS.flatMap((option) => runListInput({ ...ALL, status: option.value }).status ?? []);
    expect(statuses.toSorted()).toEqual([...RUN_STATUSES].toSorted());
  });

  it("ask for every status under All", () => {
    expect(runListInput(ALL)).toEqual({ limit: 50 });
    expect(runTimelineInput({ ...ALL, timeline: true })).toEqual({});
  });

  it("count every way in which a run can break off as failed", () => {
    const counts = { ...Object.fromEntries(RUN_STATUSES.map((status) => [status, 1])), failed: 10 } as RunCounts;
    expect(countOf("failed", counts)).toBe(12);
    expect(countOf("missed", counts)).toBe(1);
    expect(countOf("all", counts)).toBe(19);
  });
});
