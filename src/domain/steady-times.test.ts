import { expect, test } from "vitest";
import { clockChanges } from "./clock-changes";
import { steadyTimes } from "./steady-times";

const NOW = new Date("2026-11-23T10:00:00Z");

function find(text: string, timeZone: string) {
  return steadyTimes(text, timeZone, NOW, clockChanges(text, timeZone, NOW));
}

test.each([
  ["30 2 * * *", "America/New_York", "30 3 * * *", ["03:30"]],
  ["30  2  *  *  MON-FRI,7", "Europe/Berlin", "30 3 * * MON-FRI,7", ["03:30"]],
  ["30 2,14 15-31 * *", "Europe/Berlin", "30 3,14 15-31 * *", ["03:30"]],
  ["15,45 2 * * *", "Europe/Berlin", "15,45 3 * * *", ["03:15", "03:45"]],
  ["15 2 * * *", "Australia/Lord_Howe", "45 2 * * *", ["02:45"]],
  ["0,15 2 * * *", "Australia/Lord_Howe", "0,15 3 * * *", ["03:00", "03:15"]],
  ["30 1,2 * * *", "Europe/London", "30 0,2 * * *", ["00:30"]],
  ["0 0 * * *", "America/Santiago", "0 1 * * *", ["01:00"]],
  // An hour later would be on the next day.
  ["0 23 * * *", "America/Nuuk", "0 22 * * *", ["22:00"]],
])("%s in %s can move to %s", (text, timeZone, cronExpression, times) => {
  expect(find(text, timeZone)).toEqual({ cronExpression, times });
  expect(clockChanges(cronExpression, timeZone, NOW)).toEqual([]);
});

test.each([
  ["nothing is skipped", "30 1 * * *", "America/New_York"],
  ["nothing is touched", "0 9 * * *", "America/New_York"],
  ["it is an interval", "*/20 2 * * *", "America/New_York"],
  ["the hours around have runs already", "30 0,1,2,3 * * *", "Europe/London"],
  ["the jump is half an hour and there are several times", "0,15 2,3 * * *", "Australia/Lord_Howe"],
])("there is nothing to move to where %s", (_, text, timeZone) => {
  expect(find(text, timeZone)).toBeNull();
});
