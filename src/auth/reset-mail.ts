import { createHash } from "node:crypto";
import { findPerson } from "@/db/accounts";
import type { Database } from "@/db/client";
import { countAttempt } from "@/db/rate-limit";
import type { Mail, Mailer } from "@/domain/mail";
import type { AuthLog } from "./auth";
import { createResetLink } from "./password-reset";

const HOUR_MS = 3_600_000;
const MOST_MAILS_AN_HOUR = 3;

interface ResetMailOptions {
  db: Database;
  mailer: Mailer;
  baseUrl: string;
  log: AuthLog;
}

/**
 * Sends a reset link to this address, in lower case, if it is somebody's, at most 3 an hour. It returns before it begins: how long the
 * caller takes says nothing of whether there is such a person. What goes wrong stands in the log.
 */
export function sendResetMail(options: ResetMailOptions, email: string): void {
  setImmediate(() => {
    sendIfKnown(options, email).catch((error: unknown) => options.log.error({ err: error }, "a password reset mail could not be sent"));
  });
}

async function sendIfKnown({ db, mailer, baseUrl }: ResetMailOptions, email: string): Promise<void> {
  const person = await findPerson(db.system, { email });
  if (!person) return;
  const key = `account.requestReset|${createHash("sha256").update(email).digest("base64url")}`;
  if ((await countAttempt(db.system, key, HOUR_MS)) > MOST_MAILS_AN_HOUR) return;
  const url = await db.withSystem((tx) => createResetLink(tx, person.id, baseUrl));
  await mailer.send(composeMail(person.email, url, baseUrl));
}

function composeMail(to: string, url: string, baseUrl: string): Mail {
  const text = [
    `Somebody, most likely you, asked for a new password for Milkrun at ${baseUrl}.`,
    "Open this link within 30 minutes to choose one. It works once:",
    url,
    "If it was not you, do nothing: your password stays as it is.",
  ];
  return { to, subject: "Choose a new password for Milkrun", text: `${text.join("\n\n")}\n` };
}
