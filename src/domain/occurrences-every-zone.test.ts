import { describe, expect, it } from "vitest";
import { expressionsNear } from "@/testing/expressions-near-change";
import { createRandom, RANDOM_SEED, type Random } from "@/testing/random";
import { findOffsetChanges, type OffsetChange, readWallClock, referenceOccurrences } from "@/testing/wall-clock-reference";
import { occurrences } from "./occurrences";

const HOUR_MS = 3_600_000;
/** How far to look on both sides of a change, beyond its own size: a day that a zone leaves out needs a day. */
const WINDOW_MS = 5 * HOUR_MS;
const ALL_ZONES = process.env.MILKRUN_TEST_ALL_ZONES === "1";
const SAMPLED_YEARS = 80;

/** Clock changes of every odd sort: see the comments of tzdata for the stories. */
const ODD_CHANGES = [
  ["Pacific/Apia", 2011],
  ["Pacific/Fakaofo", 2011],
  ["Pacific/Kwajalein", 1993],
  ["Australia/Lord_Howe", 2027],
  ["Antarctica/Troll", 2026],
  ["America/Nuuk", 2027],
  ["America/Scoresbysund", 2024],
  ["Europe/Dublin", 2027],
  ["Africa/Casablanca", 2027],
  ["Africa/Cairo", 2027],
  ["America/Santiago", 2027],
  ["America/Sao_Paulo", 2018],
  ["America/St_Johns", 2006],
  ["America/Caracas", 2016],
  ["Asia/Pyongyang", 2018],
  ["Asia/Kathmandu", 1986],
  ["Asia/Gaza", 2011],
  ["Asia/Tehran", 2021],
  ["Pacific/Chatham", 2027],
  ["Antarctica/Casey", 2020],
] as const;

function checkChange(timeZone: string, { atMs: changeMs, shiftMs }: OffsetChange, random: Random): void {
  const fromMs = changeMs - WINDOW_MS - Math.abs(shiftMs);
  const toMs = changeMs + WINDOW_MS + Math.abs(shiftMs);
  const minutes = readWallClock(timeZone, fromMs, toMs);
  const middle = minutes[Math.floor(minutes.length / 2)];
  for (const text of expressionsNear(middle?.wallMs ?? changeMs, random)) {
    const expected = referenceOccurrences(text, minutes).map((atMs) => new Date(atMs).toISOString());
    const found = occurrences(text, timeZone, new Date(fromMs - 1), expected.length + 1)
      .filter((at) => at.getTime() < toMs)
      .map((at) => at.toISOString());
    expect(found, `"${text}" in ${timeZone} around ${new Date(changeMs).toISOString()} (MILKRUN_TEST_SEED=${RANDOM_SEED})`).toEqual(expected);
    checkRestart(text, timeZone, found, random);
  }
}

/** A search that starts in the middle goes on exactly as the one that passed by. */
function checkRestart(text: string, timeZone: string, found: readonly string[], random: Random): void {
  const start = random(found.length + 1);
  const [at, ...rest] = found.slice(start);
  if (at === undefined) return;
  const restarted = occurrences(text, timeZone, new Date(at), rest.length).map((next) => next.toISOString());
  expect(restarted, `"${text}" in ${timeZone} strictly after ${at} (MILKRUN_TEST_SEED=${RANDOM_SEED})`).toEqual(rest);
}

/** The year's changes; a year without any still has its middle looked at. */
function checkYear(timeZone: string, year: number, random: Random): void {
  const changes = findOffsetChanges(timeZone, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
  if (changes.length === 0) changes.push({ atMs: Date.UTC(year, random(12), 1 + random(28), random(24)), shiftMs: 0 });
  for (const change of changes) checkChange(timeZone, change, random);
}

const zones = Intl.supportedValuesOf("timeZone");

describe("occurrences agree with a look at the wall clock of every minute", () => {
  it.each(ODD_CHANGES)("in %s, %i", (timeZone, year) => {
    checkYear(timeZone, year, createRandom(RANDOM_SEED));
  });

  it.skipIf(ALL_ZONES)(
    `in ${SAMPLED_YEARS} years and zones drawn from all (MILKRUN_TEST_ALL_ZONES=1 checks every one)`,
    () => {
      const random = createRandom(RANDOM_SEED);
      for (let count = 0; count < SAMPLED_YEARS; count++) checkYear(zones[random(zones.length)] ?? "UTC", 2000 + random(38), random);
    },
    120_000,
  );

  describe.skipIf(!ALL_ZONES)(
    ALL_ZONES ? "at every change of every zone from 2000 to 2037" : "at every change of every zone (skipped: set MILKRUN_TEST_ALL_ZONES=1)",
    () => {
      it.each(ALL_ZONES ? zones : ["every zone"])(
        "%s",
        (timeZone) => {
          const random = createRandom(RANDOM_SEED);
          for (const change of findOffsetChanges(timeZone, Date.UTC(2000, 0, 1), Date.UTC(2038, 0, 1))) checkChange(timeZone, change, random);
        },
        600_000,
      );
    },
  );
});
