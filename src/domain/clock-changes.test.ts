import { describe, expect, it, test } from "vitest";
import { expressionsNear } from "@/testing/expressions-near-change";
import { createRandom, RANDOM_SEED } from "@/testing/random";
import { DAY_MS } from "./calendar-days";
import { clockChangeEffect, clockChangeHeading } from "./clock-change-words";
import { type ClockChange, clockChanges } from "./clock-changes";
import { getCronExpression } from "./cron-expression";
import { localSlots } from "./local-slots";
import { explainBetween, occurrences } from "./occurrences";
import { transitionsBetween } from "./time-zone";
import type { ZoneTransition } from "./zone-offsets";

const NOW = new Date("2026-11-23T10:00:00Z");
const SAMPLED_YEARS = 60;

const sentences = (text: string, timeZone: string, from = NOW) =>
  clockChanges(text, timeZone, from).map((change) => `${clockChangeHeading(change)}: ${clockChangeEffect(change)}`);

describe("the clock changes of a schedule", () => {
  test.each([
    ["30 2 * * *", "America/New_York", ["14 March 2027, clocks go forward 1 h: the 02:30 run starts at 03:00."]],
    ["30 1 * * *", "America/New_York", ["7 November 2027, clocks go back 1 h: runs once, at the first 01:30."]],
    [
      "*/30 * * * *",
      "America/New_York",
      ["14 March 2027, clocks go forward 1 h: 46 runs instead of 48.", "7 November 2027, clocks go back 1 h: 50 runs instead of 48."],
    ],
    [
      "* * * * *",
      "Europe/Berlin",
      ["28 March 2027, clocks go forward 1 h: 1,380 runs instead of 1,440.", "31 October 2027, clocks go back 1 h: 1,500 runs instead of 1,440."],
    ],
    ["0 0 * * *", "America/Santiago", ["5 September 2027, clocks go forward 1 h: the 00:00 run starts at 01:00."]],
    ["15 2 * * *", "Australia/Lord_Howe", ["3 October 2027, clocks go forward 30 minutes: the 02:15 run starts at 02:30."]],
    [
      "*/10 * * * *",
      "Australia/Lord_Howe",
      ["4 April 2027, clocks go back 30 minutes: 147 runs instead of 144.", "3 October 2027, clocks go forward 30 minutes: 141 runs instead of 144."],
    ],
    [
      "0 23 * * *",
      "America/Nuuk",
      [
        "27 March 2027, clocks go forward 1 h: the 23:00 run starts at 00:00 on Sun 28 Mar.",
        "30 October 2027, clocks go back 1 h: runs once, at the first 23:00.",
      ],
    ],
    [
      "0 0,23 * * *",
      "America/Nuuk",
      [
        "27 March 2027, clocks go forward 1 h: the 23:00 run falls together with the one at 00:00 on Sun 28 Mar.",
        "30 October 2027, clocks go back 1 h: runs once, at the first 23:00.",
      ],
    ],
    [
      "*/30 0-5 * * *",
      "Europe/Berlin",
      [
        "28 March 2027, clocks go forward 1 h: the 02:00 and 02:30 runs fall together with the one at 03:00.",
        "31 October 2027, clocks go back 1 h: 14 runs instead of 12.",
      ],
    ],
    [
      "0,15,30,45 2 * * *",
      "Europe/Berlin",
      [
        "28 March 2027, clocks go forward 1 h: the 4 runs from 02:00 to 02:45 become one, at 03:00.",
        "31 October 2027, clocks go back 1 h: the 4 times from 02:00 to 02:45 come twice and run the first time only.",
      ],
    ],
    ["0 3 * * *", "Antarctica/Troll", []],
    ["0 2 * * *", "Europe/Dublin", []],
    ["0 9 * * *", "Europe/Berlin", []],
    ["*/5 * * * *", "UTC", []],
    ["30 2 * * 1-6", "America/New_York", []],
  ])("%s in %s", (text, timeZone, expected) => {
    expect(sentences(text, timeZone)).toEqual(expected);
  });

  test("of Casablanca, in a year whose changes every version of the time zone data has", () => {
    expect(sentences("30 2 * * *", "Africa/Casablanca", new Date("2025-01-01T00:00:00Z")).slice(0, 2)).toEqual([
      "23 February 2025, clocks go back 1 h: runs once, at the first 02:30.",
      "6 April 2025, clocks go forward 1 h: the 02:30 run starts at 03:00.",
    ]);
  });

  test("of a day that a zone left out", () => {
    const from = new Date("2011-12-01T00:00:00Z");
    expect(sentences("0 9 * * *", "Pacific/Apia", from)).toEqual(["30 December 2011, clocks go forward 24 h: the 09:00 run starts at 00:00 on Sat 31 Dec."]);
    expect(sentences("0 * * * *", "Pacific/Apia", from)[0]).toBe("30 December 2011, clocks go forward 24 h: 0 runs instead of 24.");
  });

  test("are looked for from the given instant on, that one included, over 400 days", () => {
    const change = new Date("2027-03-14T07:00:00Z");
    const found = (fromMs: number) => clockChanges("30 2 * * *", "America/New_York", new Date(fromMs)).map(({ at }) => at.toISOString());
    expect(found(change.getTime())).toContain("2027-03-14T07:00:00.000Z");
    expect(found(change.getTime() + 1)).not.toContain("2027-03-14T07:00:00.000Z");
    expect(found(change.getTime() - 400 * DAY_MS)).not.toContain("2027-03-14T07:00:00.000Z");
    expect(found(change.getTime() - 400 * DAY_MS + 1)).toContain("2027-03-14T07:00:00.000Z");
  });

  test("cost little however often the schedule runs: the bar is 20 ms, and the machine may be busy", () => {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      clockChanges("* * * * *", "America/New_York", NOW);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(20);
  });
});

describe(`what is said of a change is what the engine does (MILKRUN_TEST_SEED=${RANDOM_SEED})`, () => {
  it(`in ${SAMPLED_YEARS} zones and years drawn from all`, { timeout: 60_000 }, () => {
    const random = createRandom(RANDOM_SEED);
    const zones = Intl.supportedValuesOf("timeZone");
    for (let count = 0; count < SAMPLED_YEARS; count++) {
      const timeZone = zones[random(zones.length)] ?? "UTC";
      const from = new Date(Date.UTC(2000 + random(38), random(12), 1));
      for (const transition of transitionsBetween(timeZone, from, new Date(from.getTime() + 400 * DAY_MS))) {
        const { at, offsetBeforeMs } = transition;
        for (const text of expressionsNear(at.getTime() + offsetBeforeMs, random)) checkChange(text, timeZone, transition);
      }
    }
  });
});

/** Holds what is said of one change against two counts of the four days around it: the engine's, and that of what the fields name. */
function checkChange(text: string, timeZone: string, { at, offsetBeforeMs, offsetAfterMs }: ZoneTransition): void {
  const what = `"${text}" in ${timeZone} around ${at.toISOString()}`;
  const [change] = clockChanges(text, timeZone, at).filter((found) => found.at.getTime() === at.getTime());
  const [fromMs, untilMs] = [at.getTime() - 2 * DAY_MS, at.getTime() + 2 * DAY_MS];
  const runs = explainBetween(text, timeZone, new Date(fromMs), new Date(untilMs));
  const named = [...localSlots(getCronExpression(text), fromMs + offsetBeforeMs, untilMs + offsetAfterMs)];
  expect(change ? change.runs - change.runsOtherwise : 0, what).toBe(runs.length - named.length);
  const isTouched = runs.length !== named.length || runs.some(({ effect }) => effect !== null);
  expect(change !== undefined, what).toBe(isTouched);
  if (change)
    checkEffect(
      change,
      runs.map((run) => run.at.getTime()),
      offsetBeforeMs,
      what,
    );
  expect(occurrences(text, timeZone, new Date(fromMs - 1), runs.length), what).toEqual(runs.map((run) => run.at));
}

/** Whether there is a run where the words say so. */
function checkEffect({ effect, at, localTimes, shiftMs }: ClockChange, runs: readonly number[], offsetBeforeMs: number, what: string): void {
  const isRun = (atMs: number) => runs.includes(atMs);
  const firstPass = localTimes.map((localMs) => isRun(localMs - offsetBeforeMs));
  const secondPass = localTimes.map((localMs) => isRun(localMs - offsetBeforeMs - shiftMs));
  if (shiftMs > 0) expect(isRun(at.getTime()) || effect === "fewer", `${what}: ${effect}`).toBe(true);
  else
    expect([firstPass.every(Boolean), secondPass.every(Boolean), secondPass.some(Boolean)], `${what}: ${effect}`).toEqual([
      true,
      effect === "more",
      effect === "more",
    ]);
}
