import { hashPassword, verifyPassword } from "better-auth/crypto";
import { auditPerson, findPerson, replacePasswordHash } from "@/db/accounts";
import type { Database } from "@/db/client";
import { type AttemptRule, forgetAttempts, takeAttempt } from "@/db/rate-limit";
import { endSessions } from "@/db/sessions";
import type { PasswordChange } from "@/domain/account";
import { AppError } from "@/domain/errors";
import { waitWords } from "@/domain/wait-words";

const MINUTE_MS = 60_000;
/** A stolen session must not be good for finding out the password. */
const GUESSES: AttemptRule = { free: 5, firstWaitMs: MINUTE_MS, longestWaitMs: 15 * MINUTE_MS, forgetAfterMs: 60 * MINUTE_MS };

/** Whose password is changed, by which session and from which address. */
interface PasswordSession {
  id: string;
  userId: string;
  clientAddress: string;
}

/**
 * Changes a person's password and ends all their sessions but the one that asks. Returns how many it ended.
 * @throws AppError `validation` when the current password is wrong, `rate_limited` after a few of those.
 */
export async function changePassword(db: Database, session: PasswordSession, change: PasswordChange): Promise<number> {
  const { id, userId, clientAddress: address } = session;
  const person = await findPerson(db.system, { id: userId });
  const guesses = `account.changePassword|${userId}`;
  await refuseGuess(db, guesses);
  const currentHash = person?.passwordHash;
  if (!person || !currentHash || !(await verifyPassword({ hash: currentHash, password: change.currentPassword }))) throw wrongPassword();
  await forgetAttempts(db.system, guesses);
  const newHash = await hashPassword(change.newPassword);
  return db.withSystem(async (tx) => {
    // Somebody else may have been quicker, with another one.
    if (!(await replacePasswordHash(tx, userId, currentHash, newHash))) throw wrongPassword();
    await auditPerson(tx, userId, { id: userId, name: person.name, address }, { action: "account.changePassword", summary: "Changed their password" });
    return endSessions(tx, userId, id);
  });
}

async function refuseGuess(db: Database, key: string): Promise<void> {
  const waitMs = await takeAttempt(db.system, key, GUESSES);
  if (waitMs > 0) throw new AppError("rate_limited", `Too many wrong passwords. Your password is unchanged. Try again in ${waitWords(waitMs)}.`);
}

function wrongPassword(): AppError {
  return new AppError("validation", "This is not your current password. Your password is unchanged.", { field: "currentPassword" });
}
