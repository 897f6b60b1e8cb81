import { expect, it } from "vitest";
import { exampleSchedule } from "@/testing/schedule-example";
import { restoreChanges } from "./restore-changes";

const PRESETS = [
  { id: "a", name: "Morning" },
  { id: "b", name: "Evening" },
];

const { cronExpression, timeZone, missedPolicy, runLimitMs, spreadMs } = exampleSchedule();
const SAME = { cronExpression, timeZone, presetId: "a", presetName: "Morning of old", missedPolicy, runLimitMs, spreadMs };

it("restoring what is there changes nothing, whatever the preset was called", () => {
  expect(restoreChanges(exampleSchedule({ presetId: "a" }), SAME, PRESETS)).toEqual({});
});

it("restoring names the preset as it is called now, or as it was when it is gone", () => {
  expect(restoreChanges(exampleSchedule({ presetId: "b" }), SAME, PRESETS)).toEqual({ preset: { from: "Evening", to: "Morning" } });
  expect(restoreChanges(exampleSchedule({ presetId: "b" }), { ...SAME, presetId: "gone" }, PRESETS)).toEqual({
    preset: { from: "Evening", to: "Morning of old" },
  });
  expect(restoreChanges(exampleSchedule(), SAME, PRESETS)).toEqual({ preset: { from: null, to: "Morning" } });
});

it("restoring says each field that differs, and nothing of a pause", () => {
  const now = exampleSchedule({ presetId: "a", enabled: false, pausedAt: new Date(), cronExpression: "0 9 * * *", runLimitMs: 60_000 });
  expect(restoreChanges(now, SAME, PRESETS)).toEqual({ cronExpression: { from: "0 9 * * *", to: "30 3 * * *" }, runLimitMs: { from: 60_000, to: null } });
});
