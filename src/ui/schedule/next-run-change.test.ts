import { describe, expect, it } from "vitest";
import type { SchedulePreview } from "@/domain/schedule";
import { exampleSchedule } from "@/testing/schedule-example";
import { nextRunChange } from "./next-run-change";
import { draftOf } from "./schedule-draft";

const first = new Date("2026-11-25T06:00:00Z");
const preview: SchedulePreview = {
  ok: true,
  description: "",
  rows: [{ at: first, startsAt: first, note: null }],
  runsPerMonth: 30,
  clockChanges: [],
  steadyTimes: null,
  notes: [],
};
const refused: SchedulePreview = { ok: false, input: "cronExpression", cronField: "minute", message: "No." };
const schedule = exampleSchedule();
const edited = { ...draftOf(schedule), cronExpression: "0 7 * * *" };

describe("nextRunChange", () => {
  it("is from the stored next run to the first of the preview", () => {
    expect(nextRunChange(schedule, false, edited, preview)).toEqual({
      stored: { at: schedule.nextRunAt, timeZone: "Europe/Berlin" },
      changed: { at: first, timeZone: "Europe/Berlin" },
    });
  });

  it("starts from the run after the one that is left out", () => {
    const after = new Date("2026-11-26T02:30:00Z");
    const skipping = exampleSchedule({ skipSlotAt: schedule.nextRunAt, slotAfterSkipAt: after });
    expect(nextRunChange(skipping, false, edited, preview)?.stored.at).toEqual(after);
  });

  it("is there while a pause with an end lasts", () => {
    const paused = exampleSchedule({ pausedAt: first, pausedUntil: first });
    expect(nextRunChange(paused, true, edited, preview)).not.toBeNull();
  });

  it.each([
    ["nothing is stored", null, edited, preview],
    ["the schedule is off", exampleSchedule({ enabled: false, nextRunAt: null, dueAt: null }), edited, preview],
    ["the times stay", schedule, { ...draftOf(schedule), presetId: "a" }, preview],
    ["the preview is on its way", schedule, edited, undefined],
    ["the preview refuses the draft", schedule, edited, refused],
  ])("is nothing where %s", (_, stored, draft, shown) => {
    expect(nextRunChange(stored, false, draft, shown)).toBeNull();
  });

  it("is nothing while the schedule is paused until somebody resumes it", () => {
    expect(nextRunChange(exampleSchedule({ pausedAt: first }), true, edited, preview)).toBeNull();
  });
});
