import type { Database } from "@/db/client";
import { storeSetupTokenHash } from "@/db/setup";
import { createToken, hashToken } from "./one-time-token";

/**
 * A new one-time set-up token while nobody has claimed the installation; null afterwards. Each call makes the token before it
 * worthless.
 */
export async function ensureSetupToken(db: Database): Promise<string | null> {
  const token = createToken();
  return (await storeSetupTokenHash(db, hashToken(token))) ? token : null;
}
