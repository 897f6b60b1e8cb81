import fs from "node:fs";
import { hashPassword } from "better-auth/crypto";
import type { Env } from "@/config/env";
import { StartError } from "@/config/start-error";
import type { Database } from "@/db/client";
import { claimUnattended, isClaimed } from "@/db/setup";
import { type SetupClaim, setupClaimSchema } from "@/domain/setup";

export type FirstOwnerSettings = Pick<
  Env,
  "BASE_URL" | "MILKRUN_OWNER_EMAIL" | "MILKRUN_OWNER_PASSWORD" | "MILKRUN_OWNER_PASSWORD_FILE" | "MILKRUN_ORGANIZATION" | "MILKRUN_TIME_ZONE"
>;

const ownerSchema = setupClaimSchema.omit({ token: true });
const SETTING_OF: Record<string, string> = { email: "MILKRUN_OWNER_EMAIL", organizationName: "MILKRUN_ORGANIZATION", timeZone: "MILKRUN_TIME_ZONE" };

/**
 * Sets a new installation up for the owner whom the settings name. Does nothing when they name none, or when somebody has claimed it:
 * then it does not even look at the password. Several processes may do it at once. Returns whether this call did it.
 * @throws StartError with a sentence on what is missing or too weak, never with the password.
 */
export async function claimForFirstOwner(db: Database, env: FirstOwnerSettings): Promise<boolean> {
  const isAsked = env.MILKRUN_OWNER_EMAIL ?? env.MILKRUN_OWNER_PASSWORD ?? env.MILKRUN_OWNER_PASSWORD_FILE;
  if (isAsked === undefined || (await isClaimed(db.system))) return false;
  const { password, ...owner } = readOwner(env);
  return claimUnattended(db, { ...owner, clientAddress: null, passwordHash: await hashPassword(password), baseUrl: env.BASE_URL });
}

function readOwner(env: FirstOwnerSettings): Omit<SetupClaim, "token"> {
  const { MILKRUN_OWNER_EMAIL: email, MILKRUN_ORGANIZATION: organizationName, MILKRUN_TIME_ZONE: timeZone } = env;
  if (!email) throw new StartError("MILKRUN_OWNER_EMAIL is missing: set it to the first owner's e-mail address, or leave the password out too.");
  const { password, setting } = readPassword(env);
  // There is no setting for it: they can change it on their account page.
  const name = email.split("@", 1)[0] ?? email;
  const owner = ownerSchema.safeParse({ name, email, password, organizationName, timeZone, samples: false });
  if (owner.success) return owner.data;
  const [issue] = owner.error.issues;
  throw new StartError(`${SETTING_OF[String(issue?.path[0])] ?? setting} cannot be used: ${issue?.message}`);
}

function readPassword(env: FirstOwnerSettings): { password: string; setting: string } {
  const { MILKRUN_OWNER_PASSWORD: password, MILKRUN_OWNER_PASSWORD_FILE: file } = env;
  if (password && file) throw new StartError("MILKRUN_OWNER_PASSWORD and MILKRUN_OWNER_PASSWORD_FILE are both set: leave one of them out.");
  if (password) return { password, setting: "MILKRUN_OWNER_PASSWORD" };
  if (!file) throw new StartError("The first owner's password is missing: set MILKRUN_OWNER_PASSWORD or MILKRUN_OWNER_PASSWORD_FILE.");
  try {
    return { password: fs.readFileSync(file, "utf8").trim(), setting: "The password in MILKRUN_OWNER_PASSWORD_FILE" };
  } catch (error) {
    throw new StartError(`MILKRUN_OWNER_PASSWORD_FILE=${file} cannot be read: it must be a file that this process can read.`, { cause: error });
  }
}
