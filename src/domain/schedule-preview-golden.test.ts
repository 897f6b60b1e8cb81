import { expect, test } from "vitest";
import { GOLDEN_PREVIEWS } from "@/testing/golden-previews";
import { DAY_MS } from "./calendar-days";
import { formatInZone } from "./format-time";
import { instantOfLocal, parseLocalTime } from "./local-instant";
import { previewSchedule } from "./schedule-preview";
import { transitionsBetween } from "./time-zone";

const RULES = { now: new Date("2026-11-23T10:00:00.000Z"), minimumSpacingMs: 60_000 };

function preview(cronExpression: string, timeZone: string, day: string) {
  const { at: from } = instantOfLocal(parseLocalTime(`${day}T00:00`) ?? Number.NaN, timeZone);
  return previewSchedule({ cronExpression, timeZone, from, count: 50, spreadMs: 0 }, RULES, { orgId: "", usualRunMs: null });
}

test.each(GOLDEN_PREVIEWS)("$what: $cronExpression in $timeZone from $day", ({ cronExpression, timeZone, day, ...expected }) => {
  const shown = preview(cronExpression, timeZone, day);
  if (!shown.ok) throw new Error(shown.message);
  const rows = shown.rows.map(({ at, note }) => ({ at: at.toISOString(), clock: formatInZone(at, timeZone).slice(-5), note }));
  const wanted = expected.rows.map(({ at, clock, note = null }) => ({ at, clock: clock.slice(0, 5), note }));
  expect(rows.slice(0, wanted.length)).toEqual(wanted);
  const changes = shown.clockChanges.map(({ heading, effect }) => `${heading}: ${effect}`);
  expect(changes.slice(0, expected.changes?.length ?? 0)).toEqual(expected.changes ?? []);
  if (expected.changes?.length === 0) expect(changes).toEqual([]);
  expect(shown.notes.map(({ message }) => message)).toEqual(expected.expressionNote ? [expected.expressionNote] : []);
});

test.each(GOLDEN_PREVIEWS.filter(({ runsThatDay }) => runsThatDay))("$runsThatDay runs of $cronExpression in $timeZone on $day", (golden) => {
  const shown = preview(golden.cronExpression, golden.timeZone, golden.day);
  const dayOf = (at: Date) => formatInZone(at, golden.timeZone, true).slice(0, -7);
  const days = shown.ok ? shown.rows.map(({ at }) => dayOf(at)) : [];
  expect(days.filter((day) => day === days[0])).toHaveLength(golden.runsThatDay ?? 0);
});

test("what never comes is an error and no preview", () => {
  expect(preview("0 0 30 2 *", "UTC", "2026-11-23")).toEqual({
    ok: false,
    input: "cronExpression",
    cronField: "dayOfMonth",
    message: "This never runs: February has no day 30.",
  });
});

test.each([
  ["Australia/Lord_Howe", "2027-01-01", ["2027-04-03T15:00:00.000Z back 30", "2027-10-02T15:30:00.000Z forward 30"]],
  ["Africa/Casablanca", "2025-01-01", ["2025-02-23T02:00:00.000Z back 60", "2025-04-06T02:00:00.000Z forward 60"]],
])("the clocks of %s change in the year from %s on at these instants, by these minutes", (timeZone, day, expected) => {
  const from = new Date(`${day}T00:00:00.000Z`);
  const found = transitionsBetween(timeZone, from, new Date(from.getTime() + 365 * DAY_MS)).map(({ at, offsetBeforeMs, offsetAfterMs }) => {
    const minutes = (offsetAfterMs - offsetBeforeMs) / 60_000;
    return `${at.toISOString()} ${minutes > 0 ? "forward" : "back"} ${Math.abs(minutes)}`;
  });
  expect(found).toEqual(expected);
});
