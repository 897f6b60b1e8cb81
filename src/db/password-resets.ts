import type { PrismaClient } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

const identifierOf = (tokenHash: string) => `password-reset|${tokenHash}`;

/** Stores the hash of a person's new reset token, in place of an earlier one. It is right for `validMs`, by the database's clock. */
export async function storeResetToken(tx: Tx, userId: string, tokenHash: string, validMs: number): Promise<void> {
  await tx.verification.deleteMany({ where: { value: userId, identifier: { startsWith: identifierOf("") } } });
  await tx.$executeRaw`
    insert into verification (id, identifier, value, expires_at)
    values (gen_random_uuid(), ${identifierOf(tokenHash)}, ${userId}, clock_timestamp() + ${validMs}::int * interval '1 ms')`;
}

/** Whether somebody's reset token has this hash and is still right. */
export async function hasResetToken(system: PrismaClient, tokenHash: string): Promise<boolean> {
  const rows = await system.$queryRaw<unknown[]>`
    select 1 from verification where identifier = ${identifierOf(tokenHash)} and expires_at > clock_timestamp()`;
  return rows.length > 0;
}

/** Uses a reset token up and says whose it was; null when it is none (any more). Of several at once one succeeds. */
export async function takeResetToken(tx: Tx, tokenHash: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ userId: string }[]>`
    delete from verification where identifier = ${identifierOf(tokenHash)} and expires_at > clock_timestamp() returning value as "userId"`;
  return row?.userId ?? null;
}
