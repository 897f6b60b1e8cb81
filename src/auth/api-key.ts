import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { countInWindow } from "@/db/rate-limit";
import { type KeyIdentity, recognizeKey } from "@/db/valid-keys";
import { INVALID_KEY } from "@/domain/api-key";
import { AppError } from "@/domain/errors";

const WINDOW_MS = 60_000;
/** Requests of one key, over all processes; a batch is one. */
const REQUESTS_A_MINUTE = 600;
/** Requests of one address with keys that are not valid. */
const FAILURES_A_MINUTE = 30;

const KEY = /^mr_[0-9a-f]{8}_[\w-]{43}$/;

/** A new key: what its owner gets, and what is stored of it. */
export interface MadeKey {
  token: string;
  stored: { id: string; prefix: string; keyHash: string };
}

/** `mr_`, eight characters of its id, and 256 random bits. */
export function makeApiKey(): MadeKey {
  const id = randomUUID();
  const prefix = `mr_${id.slice(0, 8)}`;
  const token = `${prefix}_${randomBytes(32).toString("base64url")}`;
  return { token, stored: { id, prefix, keyHash: hashOf(token) } };
}

/** No slow hash: there are too many keys to guess one. Looking for the hash takes the same time however much of a guess is right. */
function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** The key of `Authorization: Bearer mr_…`; null without one. What else stands there is a proxy's: some pass on their own sign-in. */
export function readApiKey(headers: Headers): string | null {
  return /^bearer +(mr_\S*)$/i.exec(headers.get("authorization")?.trim() ?? "")?.[1] ?? null;
}

/**
 * Whose key this is; its use is noted.
 * @throws AppError `unauthenticated`, with the same words for a key that is unknown, revoked or expired; `rate_limited` when the key is
 * used more than 600 times a minute, or when an address keeps trying what is no key. Trying never keeps a valid key out.
 */
export async function authenticateKey(db: Database, token: string, clientAddress: string): Promise<KeyIdentity> {
  const key = KEY.test(token) ? await recognizeKey(db.system, hashOf(token), clientAddress) : null;
  if (!key) throw await refusal(db, clientAddress);
  const { count, endsInMs } = await countInWindow(db.system, `api-key|${key.id}`, WINDOW_MS);
  if (count > REQUESTS_A_MINUTE) throw tooOften(`This API key was used more than ${REQUESTS_A_MINUTE} times within a minute.`, endsInMs);
  return key;
}

async function refusal(db: Database, clientAddress: string): Promise<AppError> {
  const { count, endsInMs } = await countInWindow(db.system, `api-key.refused|${clientAddress}`, WINDOW_MS);
  return count > FAILURES_A_MINUTE ? tooOften("Too many requests with API keys that are not valid.", endsInMs) : new AppError("unauthenticated", INVALID_KEY);
}

function tooOften(what: string, endsInMs: number): AppError {
  const seconds = Math.max(1, Math.ceil(endsInMs / 1_000));
  return new AppError("rate_limited", `${what} Nothing was changed. Try again in ${seconds} s.`, { retryAfterSeconds: seconds });
}
