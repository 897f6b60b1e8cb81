/** A source that fails for a reason that may pass is tried this often in one run. */
export const MAX_SOURCE_ATTEMPTS = 3;
/** The waits before the 2nd and 3rd attempt are random, below 4 and 8 seconds. */
const BASE_MS = 2_000;
const CAP_MS = 30_000;
/** An attempt that could not have this long before the run's time limit is not worth waiting for. */
const MIN_ATTEMPT_MS = 5_000;

/** An attempt at a source that failed. */
export interface FailedAttempt {
  /** 1 for the first. */
  attempt: number;
  /** Whether it may go better later without anybody changing anything. */
  retryable: boolean;
  /** How long the site asked to wait, if it did. */
  retryAfterMs?: number;
  /** Until the run's time limit. */
  remainingMs: number;
  /** From 0 to below 1. */
  random: number;
}

export type RetryPlan = { kind: "retry"; waitMs: number } | { kind: "give_up"; noTime: boolean };

/**
 * Decides whether a source is tried again in this run, and when: at a random moment within a window that doubles with each attempt
 * ("full jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), so that many who failed together do not
 * come back together. That moment counts from when the site wants to be asked again, where it said so (RFC 9110, section 10.2.3).
 */
export function planRetry({ attempt, retryable, retryAfterMs = 0, remainingMs, random }: FailedAttempt): RetryPlan {
  if (!retryable || attempt >= MAX_SOURCE_ATTEMPTS) return { kind: "give_up", noTime: false };
  const waitMs = Math.ceil(retryAfterMs + random * Math.min(CAP_MS, BASE_MS * 2 ** attempt));
  if (waitMs + MIN_ATTEMPT_MS > remainingMs) return { kind: "give_up", noTime: true };
  return { kind: "retry", waitMs };
}

const NEXT_RUN = " The next run tries again.";

/** What a source that waits says: not that the next run tries again, for this one does. The page adds when. */
export function describeWaiting(message: string): string {
  return message.endsWith(NEXT_RUN) ? message.slice(0, -NEXT_RUN.length) : message;
}

/** What a source that failed says: the message of its last attempt and, where it was or could have been tried again, how often it was. */
export function describeGivingUp(message: string, { attempt, noTime }: { attempt: number; noTime: boolean }): string {
  if (attempt === 1 && !noTime) return message;
  const reason = noTime ? "; the run's time limit left no time to try again." : ".";
  return `${describeWaiting(message)} ${describeRetries(attempt - 1)}${reason}${message.endsWith(NEXT_RUN) ? NEXT_RUN : ""}`;
}

function describeRetries(retries: number): string {
  if (retries === 0) return "Not retried";
  return retries === 1 ? "Retried once" : `Retried ${retries} times`;
}
