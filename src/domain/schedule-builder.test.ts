import { describe, expect, it } from "vitest";
import { createRandom, RANDOM_SEED } from "@/testing/random";
import { randomCrons } from "@/testing/random-cron";
import { type CronExpression, getCronExpression, parseCron } from "./cron-expression";
import { CRON_FIELDS } from "./cron-fields";
import { normaliseCron } from "./normal-cron";
import { BUILDER_MODES, type BuilderChoices, INTERVALS, readBuilder, writeBuilder } from "./schedule-builder";

const modeOf = (text: string) => readBuilder(text)?.mode;

describe("readBuilder", () => {
  it.each([
    ["*/15 * * * *", "interval"],
    ["* * * * *", "interval"],
    ["0 * * * *", "interval"],
    ["30 */6 * * *", "interval"],
    ["@hourly", "interval"],
    ["0 7 * * *", "daily"],
    ["00 07 ? * *", "daily"],
    ["0 7,13 * * *", "daily"],
    ["@daily", "daily"],
    ["0 7 * * 1-5", "weekly"],
    ["0  7 * * MON,Tue,3,4,5", "weekly"],
    ["0 7 * * 0-6", "weekly"],
    ["@weekly", "weekly"],
    ["0 7 1 * *", "monthly"],
    ["0 7,19 L * *", "monthly"],
  ])("shows %s as %s", (text, mode) => {
    expect(modeOf(text)).toBe(mode);
  });

  it.each([
    ["an interval that starts again unevenly", "*/7 * * * *"],
    ["an interval within hours", "*/15 9-17 * * *"],
    ["a range of hours, which is an interval and no list", "0 9-21 * * *"],
    ["two minutes of an hour", "0,30 7 * * *"],
    ["a month", "0 7 * 6 *"],
    ["days of the month besides weekdays", "0 9 13 * 5"],
    ["several days of the month", "0 9 1,15 * *"],
    ["the first Friday", "0 9 * * 5#1"],
    ["every second weekday", "0 9 * * 1-5/2"],
    ["a range of days that is none", "0 9 1-31 * *"],
  ])("leaves %s to cron: %s", (_, text) => {
    expect(modeOf(text)).toBe("custom");
  });

  it("says nothing of what is no expression", () => {
    expect(readBuilder("0 9 * *")).toBeNull();
    expect(readBuilder("0 0 30 2 *")).toBeNull();
  });

  it("keeps the times where another mode is looked at", () => {
    expect(readBuilder("30 7,19 * * 1-5")?.choices).toEqual({ interval: null, minute: 30, hours: [7, 19], weekdays: [1, 2, 3, 4, 5], dayOfMonth: null });
  });
});

describe("writeBuilder", () => {
  const blank: BuilderChoices = { interval: null, minute: null, hours: [], weekdays: [], dayOfMonth: null };
  const times = { ...blank, minute: 0, hours: [7, 13] };

  it.each([
    ["interval", { ...blank, interval: { count: 15, unit: "minutes" } }, "*/15 * * * *"],
    ["interval", { ...blank, interval: { count: 1, unit: "hours" }, minute: 5 }, "5 * * * *"],
    ["daily", times, "0 7,13 * * *"],
    ["weekly", { ...times, weekdays: [0, 6] }, "0 7,13 * * 0,6"],
    ["weekly", { ...times, weekdays: [1, 2, 3, 4, 5] }, "0 7,13 * * 1-5"],
    ["monthly", { ...times, dayOfMonth: "last" }, "0 7,13 L * *"],
  ] as const)("writes %s as %j", (mode, choices, text) => {
    expect(writeBuilder(mode, choices)).toBe(text);
  });

  it.each(BUILDER_MODES)("writes nothing for %s while nothing is chosen", (mode) => {
    expect(writeBuilder(mode, blank)).toBeNull();
  });
});

describe(`any expression (MILKRUN_TEST_SEED=${RANDOM_SEED})`, () => {
  const texts = randomCrons(2_000, RANDOM_SEED);

  it("comes back as it was, in its normal spelling, from every mode but custom", () => {
    const shown = texts.filter((text) => modeOf(text) !== "custom");
    expect(shown.length).toBeGreaterThan(20);
    for (const text of shown) {
      const reading = readBuilder(text);
      const written = reading && writeBuilder(reading.mode, reading.choices);
      expect(written, text).toBe(normaliseCron(getCronExpression(text)));
      expect(meaningOf(written ?? ""), text).toEqual(meaningOf(text));
    }
  });

  it("means the same in its normal spelling, which has one of its own only", () => {
    for (const text of texts) {
      const normal = normaliseCron(getCronExpression(text));
      expect(meaningOf(normal), text).toEqual(meaningOf(text));
      expect(normaliseCron(getCronExpression(normal)), text).toBe(normal);
    }
  });

  it("turns into a valid one of that mode whatever is chosen", () => {
    const random = createRandom(RANDOM_SEED);
    for (let round = 0; round < 1_500; round += 1) {
      const mode = BUILDER_MODES[random(4)] ?? "daily";
      const choices = randomChoices(random);
      const written = writeBuilder(mode, choices) ?? "";
      expect(parseCron(written).ok, written).toBe(true);
      expect(readBuilder(written), written).toMatchObject({ mode, choices: shownChoices(mode, choices) });
    }
  });
});

/** What decides when an expression is due, clock changes included. */
function meaningOf(text: string) {
  const { dayRule, lastDayOfMonth, nthWeekdays, lastWeekdays, everyHour, isInterval, ...expression }: CronExpression = getCronExpression(text);
  const values = CRON_FIELDS.map((field) => expression[field].values);
  return { values, dayRule, lastDayOfMonth, everyHour, isInterval, numbered: [nthWeekdays, lastWeekdays].map((days) => new Set(days.map(String))) };
}

function randomChoices(random: (below: number) => number): BuilderChoices {
  const some = (values: readonly number[]) => {
    const chosen = values.filter(() => random(3) === 0);
    return chosen.length > 0 ? chosen : values.slice(0, 1);
  };
  return {
    interval: INTERVALS[random(INTERVALS.length)] ?? null,
    minute: random(60),
    hours: some(Array.from({ length: 24 }, (_, hour) => hour)),
    weekdays: some([0, 1, 2, 3, 4, 5, 6]),
    dayOfMonth: random(8) === 0 ? "last" : 1 + random(31),
  };
}

/** The choices that a mode asks for. */
function shownChoices(mode: string, { interval, minute, hours, weekdays, dayOfMonth }: BuilderChoices): Partial<BuilderChoices> {
  if (mode === "interval") return interval?.unit === "hours" ? { interval, minute } : { interval };
  return { minute, hours, ...(mode === "weekly" ? { weekdays } : {}), ...(mode === "monthly" ? { dayOfMonth } : {}) };
}
