import { hashPassword } from "better-auth/crypto";
import type { Database } from "@/db/client";
import { countAttempt } from "@/db/rate-limit";
import { checkSetupToken, claimInstallation } from "@/db/setup";
import { AppError } from "@/domain/errors";
import type { SetupClaim } from "@/domain/setup";
import { hashToken } from "./one-time-token";

const TRIES = 5;
const WINDOW_MS = 60_000;

/**
 * Makes the first owner and the organization of an installation that nobody has claimed.
 * @param from the client's address and the base URL that the sample sources are served under
 * @throws AppError `gone` when it is claimed, `forbidden` when the token is wrong, `rate_limited` after a few tries a minute.
 */
export async function claimWithToken(db: Database, claim: SetupClaim, from: { clientAddress: string; baseUrl: string }): Promise<{ organizationId: string }> {
  const tries = await countAttempt(db.system, `setup.claim|${from.clientAddress}`, WINDOW_MS);
  if (tries > TRIES) throw new AppError("rate_limited", "Too many tries. Nothing was set up. Wait a minute and try again.");
  const { token, password, ...rest } = claim;
  const tokenHash = hashToken(token);
  // Hashing a password takes a tenth of a second of a core: only who has the token may ask for it.
  await checkSetupToken(db.system, tokenHash);
  const passwordHash = await hashPassword(password);
  return claimInstallation(db, { ...rest, tokenHash, passwordHash, ...from });
}
