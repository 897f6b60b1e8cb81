import { describe, expect, test } from "vitest";
import { DAY_MS } from "./calendar-days";
import { type AttemptResult, channelHealth, planDelivery, RETRY_WAITS_MS } from "./delivery-plan";

const FAILED: AttemptResult = { ok: false, httpStatus: 503, answer: "", error: "It answered 503.", retryable: true, durationMs: 20 };
const FIRST = { tries: 1, isTest: false, random: 0 };

describe("what becomes of a message after an attempt", () => {
  test("one that was taken is delivered", () => {
    expect(planDelivery({ ...FAILED, ok: true, httpStatus: 204 }, FIRST)).toEqual({ kind: "delivered" });
  });

  test("one that failed is tried again after 5 seconds, and then ever later, ten times within three days", () => {
    const plans = RETRY_WAITS_MS.map((_, index) => planDelivery(FAILED, { ...FIRST, tries: index + 1 }));
    expect(plans.map((plan) => (plan.kind === "retry" ? plan.waitMs : null))).toEqual(RETRY_WAITS_MS);
    expect(RETRY_WAITS_MS.reduce((sum, wait) => sum + wait, 0) / DAY_MS).toBeCloseTo(3.15, 1);
    expect(planDelivery(FAILED, { ...FIRST, tries: 10 })).toEqual({ kind: "give_up" });
  });

  test("the wait is longer by up to a fifth, at random", () => {
    expect(planDelivery(FAILED, { ...FIRST, random: 0.999 })).toMatchObject({ waitMs: 5_999 });
  });

  test("the channel rests as long, for 5 minutes at most, so that other messages are not held up by one", () => {
    expect(planDelivery(FAILED, FIRST)).toMatchObject({ restMs: 5_000 });
    expect(planDelivery(FAILED, { ...FIRST, tries: 5 })).toMatchObject({ restMs: 300_000 });
  });

  test("the receiver's own wish counts, up to a day", () => {
    expect(planDelivery({ ...FAILED, httpStatus: 429, retryAfterMs: 60_000 }, FIRST)).toMatchObject({ waitMs: 60_000 });
    expect(planDelivery({ ...FAILED, httpStatus: 429, retryAfterMs: 1_000 }, FIRST)).toMatchObject({ waitMs: 5_000 });
    expect(planDelivery({ ...FAILED, httpStatus: 429, retryAfterMs: 90 * DAY_MS }, FIRST)).toMatchObject({ waitMs: DAY_MS });
  });

  test("a mail that others have is tried again at the same times, and holds nothing else up", () => {
    expect(planDelivery({ ...FAILED, othersHaveIt: true }, { ...FIRST, tries: 3 })).toEqual({ kind: "retry", waitMs: RETRY_WAITS_MS[2], restMs: 0 });
    expect(planDelivery({ ...FAILED, othersHaveIt: true }, { ...FIRST, tries: 10 })).toEqual({ kind: "give_up" });
  });

  test("and no other message is sent meanwhile, for an hour at most", () => {
    const restFor = (retryAfterMs: number) => planDelivery({ ...FAILED, httpStatus: 429, retryAfterMs }, FIRST);
    expect(restFor(1_000)).toMatchObject({ restMs: 5_000 });
    expect(restFor(20 * 60_000)).toMatchObject({ restMs: 20 * 60_000 });
    expect(restFor(90 * DAY_MS)).toMatchObject({ restMs: 3_600_000 });
  });

  test("410 Gone turns the channel off", () => {
    expect(planDelivery({ ...FAILED, httpStatus: 410 }, FIRST)).toEqual({ kind: "turn_off" });
  });

  test("what cannot go better later is given up at once, and so is a test", () => {
    expect(planDelivery({ ...FAILED, httpStatus: null, retryable: false }, FIRST)).toEqual({ kind: "give_up" });
    expect(planDelivery(FAILED, { ...FIRST, isTest: true })).toEqual({ kind: "give_up" });
    expect(planDelivery({ ...FAILED, httpStatus: 410 }, { ...FIRST, isTest: true })).toEqual({ kind: "give_up" });
  });
});

describe("what an attempt says of its channel", () => {
  const RETRY = { kind: "retry", waitMs: 5_000, restMs: 0 } as const;
  const outcome = (state: "waiting" | "refused" | "taken") => ({ address: state, state, answer: null, error: null });
  const partly = (...states: ("waiting" | "refused" | "taken")[]) => ({ ...FAILED, httpStatus: null, othersHaveIt: true, recipients: states.map(outcome) });

  test("one that went well does, and one that failed does not", () => {
    expect(channelHealth({ ...FAILED, ok: true }, { kind: "delivered" })).toBe("well");
    expect(channelHealth(FAILED, RETRY)).toBe("failing");
    expect(channelHealth({ ...partly("waiting"), othersHaveIt: false }, RETRY)).toBe("failing");
  });

  test("a mail that some have and others get later is no failure", () => {
    expect(channelHealth(partly("taken", "waiting"), RETRY)).toBe("well");
    expect(channelHealth(partly("waiting"), RETRY)).toBe("as_it_was");
  });

  test("a recipient that is refused for good, or never gets it, is one", () => {
    expect(channelHealth(partly("taken", "refused", "waiting"), RETRY)).toBe("failing");
    expect(channelHealth(partly("waiting"), { kind: "give_up" })).toBe("failing");
  });
});
