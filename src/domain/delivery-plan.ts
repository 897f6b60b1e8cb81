import { HOUR_MS, MINUTE_MS } from "./calendar-days";
import type { RecipientOutcome } from "./mail-recipients";

/** Waits before the 2nd to the 10th attempt, as the Standard Webhooks specification recommends them: three days in all. */
export const RETRY_WAITS_MS = [5_000, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS, 14 * HOUR_MS, 20 * HOUR_MS, 24 * HOUR_MS];
/** Waits are longer by up to this share, at random, so that what failed together does not come back together. */
const JITTER = 0.2;
/** A receiver that asks for more does not get it. */
const LONGEST_WAIT_MS = 24 * HOUR_MS;
/** After an attempt that failed nothing else is sent on the channel for as long as it waits, but for this at most. */
const LONGEST_REST_MS = 5 * MINUTE_MS;
/** Where the receiver asked for more it gets it, up to this: other messages would be refused as well, and some ban for longer what does not wait. */
const LONGEST_ASKED_REST_MS = HOUR_MS;

/** How an attempt to deliver went. */
export interface AttemptResult {
  ok: boolean;
  httpStatus: number | null;
  /** The beginning of the answer; null where there was none. */
  answer: string | null;
  /** Why it failed, in words; null where it went well. */
  error: string | null;
  /** Whether it may go better later without anybody changing anything. */
  retryable: boolean;
  /** How long the receiver asked to wait, if it did. */
  retryAfterMs?: number;
  /** Of mail: what became of it in this attempt for each who did not have it before. */
  recipients?: readonly RecipientOutcome[];
  /** Of mail: who is without it by now and why, also of those that earlier attempts refused; null where everybody has it. */
  message?: string | null;
  /** Of mail: the mail server works and others have it, so that nothing else need wait for those who have not. */
  othersHaveIt?: boolean;
  durationMs: number;
}

/** What becomes of a delivery after an attempt. */
export type DeliveryPlan =
  | { kind: "delivered" }
  /** `restMs`: how long the channel is left alone. */
  | { kind: "retry"; waitMs: number; restMs: number }
  | { kind: "give_up" }
  /** The receiver is gone for good: nothing is sent to it any more. */
  | { kind: "turn_off" };

/** HTTP's word for "gone for good", with which receivers of webhooks end them. */
const GONE = 410;

/**
 * Decides what becomes of a delivery. A test is tried once.
 * @param tries Attempts so far, this one included.
 * @param random From 0 to below 1.
 */
export function planDelivery(result: AttemptResult, { tries, isTest, random }: { tries: number; isTest: boolean; random: number }): DeliveryPlan {
  if (result.ok) return { kind: "delivered" };
  if (result.httpStatus === GONE && !isTest) return { kind: "turn_off" };
  const wait = RETRY_WAITS_MS[tries - 1];
  if (isTest || !result.retryable || wait === undefined) return { kind: "give_up" };
  const askedMs = result.retryAfterMs ?? 0;
  const waitMs = Math.ceil(Math.max(wait * (1 + JITTER * random), Math.min(askedMs, LONGEST_WAIT_MS)));
  if (result.othersHaveIt) return { kind: "retry", waitMs, restMs: 0 };
  return { kind: "retry", waitMs, restMs: Math.max(Math.min(waitMs, LONGEST_REST_MS), Math.min(askedMs, LONGEST_ASKED_REST_MS)) };
}

/**
 * What an attempt says of its channel. Recipients that are refused for the moment, while others have the mail, are nothing that anybody need
 * look into; one that is refused for good, or never got it, is.
 */
export function channelHealth({ ok, othersHaveIt, recipients = [] }: AttemptResult, plan: DeliveryPlan): "well" | "failing" | "as_it_was" {
  if (ok) return "well";
  if (!othersHaveIt || plan.kind !== "retry" || recipients.some(({ state }) => state === "refused")) return "failing";
  return recipients.some(({ state }) => state === "taken") ? "well" : "as_it_was";
}
