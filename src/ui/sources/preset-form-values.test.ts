import { expect, it } from "vitest";
import { copyName, presetFormOf } from "./preset-form-values";

it("keeps the order of a preset's sources, and which are off in it", () => {
  const source = { name: "S", url: "https://example.org/", failing: false };
  const sources = [
    { ...source, id: "b", enabled: true, enabledHere: false },
    { ...source, id: "a", enabled: false, enabledHere: true },
  ];
  const load = { sourceCount: 0, hostCount: 0, requestCount: 0, isLeast: false };
  const form = presetFormOf({ id: "1", name: "P", sources, load, usedBySchedule: false, lastSuccessAt: null, revision: "1" });
  expect(form).toEqual({ name: "P", sourceIds: ["b", "a"], offSourceIds: ["b"] });
  expect(presetFormOf(null)).toEqual({ name: "", sourceIds: [], offSourceIds: [] });
});

it("names a copy as it was typed, unless that is the original's name", () => {
  expect([copyName("Morning", "Morning"), copyName("Evening", "Morning")]).toEqual(["Morning (copy)", "Evening"]);
});
