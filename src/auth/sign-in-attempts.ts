import { createHash } from "node:crypto";
import type { Database } from "@/db/client";
import { type AttemptRule, forgetAttempts, returnAttempt, takeAttempt } from "@/db/rate-limit";
import { hasSessionAt } from "@/db/sessions";

const MINUTE_MS = 60_000;
const WAITS = { firstWaitMs: MINUTE_MS, longestWaitMs: 15 * MINUTE_MS, forgetAfterMs: 60 * MINUTE_MS };

/** Wrong passwords for one account from one address. */
const FROM_ONE_ADDRESS: AttemptRule = { free: 10, ...WAITS };
/** For one account from everywhere: who has many addresses gets no further than this. Loose, as anybody can use it up. */
const FROM_EVERYWHERE: AttemptRule = { free: 50, ...WAITS };

/** Who tries to sign in, and from where. */
export interface SignInAttempt {
  /** In lower case. It need not be anybody's: nothing here tells whether it is. */
  email: string;
  address: string;
}

/** Never the address itself: what people mistype into the field may be their password. */
function keysOf({ email, address }: SignInAttempt) {
  const account = `sign-in|${createHash("sha256").update(email).digest("base64url")}`;
  return { account, pair: `${account}|${address}` };
}

/**
 * Counts a try before its password is looked at. Returns 0 when it may be, else how many milliseconds to wait.
 * Where the person is signed in already only the tries of that address count, so that strangers cannot lock them out there.
 */
export async function takeSignInAttempt(db: Database, attempt: SignInAttempt): Promise<number> {
  const { account, pair } = keysOf(attempt);
  const waitMs = await takeAttempt(db.system, pair, FROM_ONE_ADDRESS);
  if (waitMs > 0 || (await hasSessionAt(db.system, attempt))) return waitMs;
  const everywhereMs = await takeAttempt(db.system, account, FROM_EVERYWHERE);
  if (everywhereMs > 0) await returnAttempt(db.system, pair);
  return everywhereMs;
}

/**
 * A try that turned out right was no guess. What others tried still counts.
 * @param sessionId The session that it led to.
 */
export async function forgiveSignInAttempt(db: Database, attempt: SignInAttempt, sessionId: string): Promise<void> {
  const { account, pair } = keysOf(attempt);
  await forgetAttempts(db.system, pair);
  if (!(await hasSessionAt(db.system, attempt, sessionId))) await returnAttempt(db.system, account);
}
