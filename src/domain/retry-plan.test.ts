import { describe, expect, it } from "vitest";
import { describeGivingUp, describeWaiting, type FailedAttempt, planRetry } from "./retry-plan";

const MINUTE = 60_000;
const GIVE_UP = { kind: "give_up", noTime: false };
const NO_TIME = { kind: "give_up", noTime: true };
const retryIn = (waitMs: number) => ({ kind: "retry", waitMs });
const first: FailedAttempt = { attempt: 1, retryable: true, remainingMs: 15 * MINUTE, random: 0.5 };

describe("a failed attempt at a source", () => {
  const cases: [string, Partial<FailedAttempt>, object][] = [
    ["is made again within 4 seconds", { random: 0.999_999 }, retryIn(4_000)],
    ["is made again at once when chance wants it", { random: 0 }, retryIn(0)],
    ["is made again within 8 seconds after the second", { attempt: 2, random: 0.999_999 }, retryIn(8_000)],
    ["is not made a fourth time", { attempt: 3 }, GIVE_UP],
    ["is not made again when a crash took attempts too", { attempt: 4 }, GIVE_UP],
    ["is not made again when that would change nothing", { retryable: false }, GIVE_UP],
    ["is made no sooner than the site asked", { retryAfterMs: MINUTE, random: 0 }, retryIn(MINUTE)],
    ["is spread after the moment that the site asked for", { retryAfterMs: MINUTE, random: 0.5 }, retryIn(62_000)],
    ["is not made again when the site asked for longer than the run has", { retryAfterMs: 20 * MINUTE }, NO_TIME],
    ["is made again when 5 seconds are left after the wait", { remainingMs: 7_000 }, retryIn(2_000)],
    ["is not made again when less is left", { remainingMs: 6_999 }, NO_TIME],
    ["is not made again when the run is over its time", { remainingMs: -1 }, NO_TIME],
  ];
  it.each(cases)("%s", (_, input, plan) => expect(planRetry({ ...first, ...input })).toEqual(plan));
});

describe("the words", () => {
  const cases: [string, { attempt: number; noTime: boolean }, string][] = [
    ["404 Not found.", { attempt: 1, noTime: false }, "404 Not found."],
    ["500 Broken.", { attempt: 3, noTime: false }, "500 Broken. Retried 2 times."],
    ["500 Broken. The next run tries again.", { attempt: 2, noTime: false }, "500 Broken. Retried once. The next run tries again."],
    ["503 Wait.", { attempt: 1, noTime: true }, "503 Wait. Not retried; the run's time limit left no time to try again."],
  ];
  it.each(cases)("of %s after %o", (message, tries, words) => expect(describeGivingUp(message, tries)).toBe(words));

  it("of a source that waits do not leave it to the next run", () => {
    expect(describeWaiting("500 Broken. The next run tries again.")).toBe("500 Broken.");
    expect(describeWaiting("429 Too many requests.")).toBe("429 Too many requests.");
  });
});
