import { describe, expect, test } from "vitest";
import { schedulePreviewSchema } from "./schedule";
import { findTimingProblem, previewSchedule } from "./schedule-preview";
import { spreadOffsetMs } from "./spread";

const NOW = new Date("2026-10-30T12:00:00.000Z");
const RULES = { now: NOW, minimumSpacingMs: 60_000 };
const ORG_ID = "00000000-0000-4000-8000-000000000007";

interface Asked {
  from?: Date;
  count?: number;
  usualRunMs?: number | null;
  spreadMs?: number;
}

function preview(cronExpression: string, timeZone: string, { from, count = 3, usualRunMs = null, spreadMs = 0 }: Asked = {}) {
  const shown = previewSchedule({ cronExpression, timeZone, count, spreadMs, ...(from && { from }) }, RULES, { orgId: ORG_ID, usualRunMs });
  expect(schedulePreviewSchema.parse(shown)).toEqual(shown);
  return shown;
}

function rowsOf(shown: ReturnType<typeof preview>) {
  if (!shown.ok) throw new Error(shown.message);
  return shown.rows.map(({ at, note }) => [at.toISOString(), note]);
}

test("a preview describes the schedule and lists its next slots from now on", () => {
  const shown = preview("0 9 * * *", "UTC");
  expect(shown).toMatchObject({ ok: true, description: expect.stringContaining("09:00"), notes: [] });
  expect(rowsOf(shown)).toEqual([
    ["2026-10-31T09:00:00.000Z", null],
    ["2026-11-01T09:00:00.000Z", null],
    ["2026-11-02T09:00:00.000Z", null],
  ]);
});

test("a preview says how often the schedule is due in a month", () => {
  const perMonth = (cronExpression: string) => preview(cronExpression, "Europe/Berlin");
  expect(perMonth("0 7 * * 1-5")).toMatchObject({ runsPerMonth: expect.closeTo(21.7, 0) });
  expect(perMonth("0 7 1 * *")).toMatchObject({ runsPerMonth: expect.closeTo(1, 1) });
  expect(perMonth("0 * * * *")).toMatchObject({ runsPerMonth: expect.closeTo(730, -1) });
});

test("a preview can begin on a later day", () => {
  expect(rowsOf(preview("0 9 * * *", "UTC", { from: new Date("2027-01-01T00:00:00.000Z"), count: 1 }))).toEqual([["2027-01-01T09:00:00.000Z", null]]);
});

test("a preview that begins at a slot shows it, and one without a beginning leaves out the slot of this very moment", () => {
  const slot = new Date("2026-10-30T12:00:00.000Z");
  expect(slot).toEqual(NOW);
  expect(rowsOf(preview("0 12 * * *", "UTC", { from: slot, count: 1 }))).toEqual([["2026-10-30T12:00:00.000Z", null]]);
  expect(rowsOf(preview("0 12 * * *", "UTC", { count: 1 }))).toEqual([["2026-10-31T12:00:00.000Z", null]]);
});

test.each([
  ["1999-12-31T23:59:59.999Z", "Pick a date from 2000 on."],
  ["2031-10-30T12:00:00.001Z", "Pick a date within the next 5 years."],
])("a preview cannot begin at %s", (from, message) => {
  expect(() => preview("0 9 * * *", "UTC", { from: new Date(from) })).toThrow(
    expect.objectContaining({ code: "validation", message, details: { field: "from" } }),
  );
});

test("a preview can begin as far ahead as a next slot is looked for", () => {
  expect(rowsOf(preview("0 9 * * *", "UTC", { from: new Date("2031-10-30T12:00:00.000Z"), count: 1 }))).toEqual([["2031-10-31T09:00:00.000Z", null]]);
});

test("a preview tells the clock changes of the 400 days from its beginning, and the times that none of them shifts", () => {
  expect(preview("30 2 * * *", "America/New_York", { from: new Date("2027-03-01T00:00:00.000Z") })).toMatchObject({
    clockChanges: [
      {
        at: new Date("2027-03-14T07:00:00.000Z"),
        shiftMs: 3_600_000,
        heading: "14 March 2027, clocks go forward 1 h",
        effect: "the 02:30 run starts at 03:00.",
      },
      { at: new Date("2028-03-12T07:00:00.000Z"), heading: "12 March 2028, clocks go forward 1 h" },
    ],
    steadyTimes: { cronExpression: "30 3 * * *", times: ["03:30"] },
  });
  expect(preview("0 9 * * *", "America/New_York")).toMatchObject({ clockChanges: [], steadyTimes: null });
});

test("every run of a preview starts at the organization's share of the spread, without a spread at its time", () => {
  const offsetMs = spreadOffsetMs(ORG_ID, 900_000);
  expect(offsetMs).toBeGreaterThan(0);
  for (const [spreadMs, laterBy] of [
    [0, 0],
    [900_000, offsetMs],
  ] as const) {
    const shown = preview("0 9 * * *", "UTC", { spreadMs });
    if (!shown.ok) throw new Error(shown.message);
    expect(shown.rows.map(({ at, startsAt }) => startsAt.getTime() - at.getTime())).toEqual([laterBy, laterBy, laterBy]);
  }
});

describe("what a clock change does to a slot stands beside it", () => {
  test("a time that does not exist runs after the gap", () => {
    const from = new Date("2027-03-13T12:00:00.000Z");
    expect(rowsOf(preview("30 2 * * *", "America/New_York", { from, count: 1 }))).toEqual([
      ["2027-03-14T07:00:00.000Z", "Clocks go forward: 02:30 does not exist, runs at 03:00."],
    ]);
  });

  test("a time that does not exist and runs on the next day is named with its date", () => {
    const [[, note] = []] = rowsOf(preview("0 23 * * *", "America/Nuuk", { from: new Date("2027-03-27T12:00:00.000Z"), count: 1 }));
    expect(note).toMatch(/^Clocks go forward: Sat 27 Mar, 23:00, does not exist, runs at 00:00\.$/);
  });

  test("a fixed time that comes twice runs once, an interval twice", () => {
    const from = new Date("2026-11-01T04:59:00.000Z");
    expect(rowsOf(preview("30 1 * * *", "America/New_York", { from, count: 1 }))).toEqual([
      ["2026-11-01T05:30:00.000Z", "Clocks go back: 01:30 comes twice, runs the first time only."],
    ]);
    expect(rowsOf(preview("0 * * * *", "America/New_York", { from, count: 2 }))).toEqual([
      ["2026-11-01T05:00:00.000Z", "Clocks go back: 01:00 comes twice, runs both times."],
      ["2026-11-01T06:00:00.000Z", "Clocks go back: 01:00 for the second time."],
    ]);
  });
});

describe("what cannot be saved is named at its field instead of thrown", () => {
  test("a mistyped expression, with the field of it that is wrong", () => {
    expect(preview("61 * * * *", "UTC")).toMatchObject({ ok: false, input: "cronExpression", cronField: "minute" });
    expect(preview("", "UTC")).toMatchObject({ ok: false, input: "cronExpression", cronField: "expression" });
  });

  test("an unknown zone", () => {
    expect(preview("0 9 * * *", "Mars/Olympus")).toMatchObject({ ok: false, input: "timeZone", cronField: null });
  });

  test("an expression that never comes", () => {
    expect(preview("0 0 30 2 *", "UTC")).toMatchObject({ ok: false, input: "cronExpression" });
  });

  test("an expression that comes more often than the operator allows, judged on its real slots", () => {
    const rules = { now: NOW, minimumSpacingMs: 300_000 };
    expect(findTimingProblem("0,1 * * * *", "UTC", rules)).toMatchObject({ input: "cronExpression", cronField: "expression" });
    expect(findTimingProblem("*/5 * * * *", "UTC", rules)).toBeNull();
  });
});

test("a preview notes what may surprise", () => {
  expect(preview("0 0 13 * 5", "UTC")).toMatchObject({ notes: [{ field: "dayOfMonth" }] });
  expect(preview("*/5 * * * *", "UTC", { usualRunMs: 400_000 })).toMatchObject({ notes: [{ field: "expression" }] });
  expect(preview("*/5 * * * *", "UTC", { usualRunMs: 200_000 })).toMatchObject({ notes: [] });
});
