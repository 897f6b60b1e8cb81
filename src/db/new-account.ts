import { randomUUID } from "node:crypto";
import { AppError } from "@/domain/errors";
import { storePasswordHash } from "./accounts";
import type { Tx } from "./transaction";

/** A person who signs in with a password. */
interface NewAccountRow {
  name: string;
  email: string;
  passwordHash: string;
}

/**
 * Makes the account of a person. Returns their id.
 * @throws AppError `in_use` when this address has one.
 */
export async function createAccount(tx: Tx, { name, email, passwordHash }: NewAccountRow): Promise<string> {
  const id = randomUUID();
  // Two at once: the second waits for the first and finds the address taken, which is no fault.
  const made = await tx.$executeRaw`
    insert into "user" (id, name, email) values (${id}::uuid, ${name}, ${email}) on conflict (email) do nothing`;
  if (made === 0) throw new AppError("in_use", `There is an account for ${email} already. Sign in with it.`);
  await storePasswordHash(tx, id, passwordHash);
  return id;
}
