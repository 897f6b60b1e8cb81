import { createHash, randomBytes } from "node:crypto";
import type { Database } from "@/db/client";
import { storeSetupTokenHash } from "@/db/setup";

/** What the database holds of a set-up token: its SHA-256, in hex. */
export function hashSetupToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/**
 * A new one-time set-up token (256 bits, base64url) while nobody has claimed the installation; null afterwards.
 * Each call makes the token before it worthless.
 */
export async function ensureSetupToken(db: Database): Promise<string | null> {
  const token = randomBytes(32).toString("base64url");
  return (await storeSetupTokenHash(db, hashSetupToken(token))) ? token : null;
}
