import { describe, expect, it } from "vitest";
import { exampleSchedule } from "@/testing/schedule-example";
import { comingRun } from "./coming-run";

const wednesday = new Date("2026-11-25T02:30:00Z");
const thursday = new Date("2026-11-26T02:30:00Z");
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

describe("the coming run", () => {
  it("is the next slot, at its time without a spread and later with one", () => {
    expect(comingRun(exampleSchedule())).toEqual({ at: wednesday, startsAt: wednesday });
    expect(comingRun(exampleSchedule({ dueAt: later(wednesday, 192_000) }))).toEqual({ at: wednesday, startsAt: later(wednesday, 192_000) });
  });

  it("is the one after a slot that is left out, with the same share of the spread", () => {
    const skipping = exampleSchedule({ skipSlotAt: wednesday, slotAfterSkipAt: thursday, dueAt: later(wednesday, 192_000) });
    expect(comingRun(skipping)).toEqual({ at: thursday, startsAt: later(thursday, 192_000) });
  });

  it("is the next slot where another one is left out", () => {
    expect(comingRun(exampleSchedule({ skipSlotAt: thursday, slotAfterSkipAt: later(thursday, 1) }))?.at).toEqual(wednesday);
  });

  it("is none where nothing is planned", () => {
    expect(comingRun(exampleSchedule({ nextRunAt: null, dueAt: null }))).toBeNull();
    expect(comingRun(exampleSchedule({ skipSlotAt: wednesday, slotAfterSkipAt: null }))).toBeNull();
  });
});
