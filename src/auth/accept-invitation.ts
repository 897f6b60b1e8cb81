import { hashPassword } from "better-auth/crypto";
import type { Database } from "@/db/client";
import { type Accepted, acceptInSession, acceptWithAccount, findOffer, invalidLink } from "@/db/offers";
import { countAttempt } from "@/db/rate-limit";
import type { SessionOwner } from "@/db/session-organization";
import { AppError } from "@/domain/errors";
import type { Acceptance, NewAccount } from "@/domain/invitation";
import { hashToken } from "./one-time-token";

const TRIES = 10;
const WINDOW_MS = 60_000;

/**
 * Accepts an invitation: with the session where there is one, else with a new account.
 * @throws AppError `gone` for a link that does not work (any more); `forbidden` when it is for another address than the
 * session's; `unauthenticated` when its address has an account; `rate_limited` after a few tries a minute.
 */
export async function acceptInvitation(
  db: Database,
  { token, account }: Acceptance,
  from: { session: SessionOwner | null; clientAddress: string },
): Promise<Accepted> {
  const tries = await countAttempt(db.system, `invitation.accept|${from.clientAddress}`, WINDOW_MS);
  if (tries > TRIES) throw new AppError("rate_limited", "Too many tries. Nothing was changed. Wait a minute and try again.");
  const tokenHash = hashToken(token);
  const { session, clientAddress } = from;
  return session ? acceptInSession(db, tokenHash, session, clientAddress) : acceptAsNewcomer(db, tokenHash, account, clientAddress);
}

async function acceptAsNewcomer(db: Database, tokenHash: string, account: NewAccount | undefined, address: string): Promise<Accepted> {
  const offer = await findOffer(db.system, tokenHash, null);
  if (!offer) throw invalidLink();
  if (offer.hasAccount) throw new AppError("unauthenticated", `There is an account for ${offer.email}. Sign in with it, then accept.`);
  if (!account) throw new AppError("validation", "Enter your name and choose a password.", { field: "account.name" });
  // Hashing a password takes a tenth of a second of a core: only who holds a link that works may ask for it.
  return acceptWithAccount(db, tokenHash, { name: account.name, passwordHash: await hashPassword(account.password), address });
}
