import { describe, expect, it } from "vitest";
import { planPause, planResume, schedulePauseSchema } from "./pause";
import { isPaused, pauseEndProblem } from "./pause-state";

const at = (text: string) => new Date(text);
const NOW = at("2026-11-24T12:00:00.000Z");
const DAILY = { cronExpression: "0 7 * * *", timeZone: "Europe/Berlin" };

describe("a schedule is paused", () => {
  it.each([
    ["not without a pause", null, null, false],
    ["for ever", NOW, null, true],
    ["until the end has come", NOW, at("2026-11-24T12:00:00.001Z"), true],
    ["no more at the very end", NOW, NOW, false],
    ["no more after the end", at("2026-11-01T00:00:00Z"), at("2026-11-02T00:00:00Z"), false],
  ])("%s", (_, pausedAt, pausedUntil, paused) => {
    expect(isPaused({ pausedAt, pausedUntil }, NOW)).toBe(paused);
  });
});

describe("a pause until a date", () => {
  it.each([
    ["leaves out what comes before it", "2026-11-27T00:00:00Z", "2026-11-27T06:00:00Z"],
    ["runs a slot that is due exactly then", "2026-11-27T06:00:00Z", "2026-11-27T06:00:00Z"],
    ["leaves out the slot a millisecond before", "2026-11-27T06:00:00.001Z", "2026-11-28T06:00:00Z"],
    ["of less than a slot's distance leaves out nothing", "2026-11-24T13:00:00Z", "2026-11-25T06:00:00Z"],
  ])("%s", (_, until, next) => {
    const plan = planPause(DAILY, at(until), NOW);
    expect(plan.nextRunAt).toEqual(at(next));
    expect(plan.lowerBoundAt.getTime()).toBe(at(until).getTime() - 1);
  });

  it.each([NOW, at("2026-11-24T11:59:59.999Z"), at("2031-11-24T12:00:00.001Z"), at("9999-01-01T00:00:00Z")])("cannot end at %s", (until) => {
    expect(() => planPause(DAILY, until, NOW)).toThrow(expect.objectContaining({ code: "validation", details: { field: "until" } }));
    expect(pauseEndProblem(until, NOW)).toMatch(/^Pick a time/);
  });

  it("may last for years", () => {
    expect(pauseEndProblem(at("2031-11-24T12:00:00Z"), NOW)).toBeNull();
  });
});

it("a pause without an end has no next slot", () => {
  expect(planPause(DAILY, null, NOW)).toEqual({ lowerBoundAt: NOW, nextRunAt: null });
});

it("resuming never fires the past, a slot at that very instant included", () => {
  expect(planResume({ cronExpression: "0 * * * *", timeZone: "UTC" }, NOW)).toEqual({ lowerBoundAt: NOW, nextRunAt: at("2026-11-24T13:00:00Z") });
});

describe("a pause as it comes in", () => {
  it("needs a version, and nothing else", () => {
    expect(schedulePauseSchema.safeParse({}).success).toBe(false);
    expect(schedulePauseSchema.parse({ version: 3 })).toEqual({ version: 3 });
  });

  it("may have a note of 500 characters, without the spaces around it", () => {
    expect(schedulePauseSchema.parse({ version: 3, note: `  ${"x".repeat(500)} ` }).note).toHaveLength(500);
    expect(schedulePauseSchema.safeParse({ version: 3, note: "x".repeat(501) }).error?.issues).toMatchObject([{ path: ["note"] }]);
  });
});
