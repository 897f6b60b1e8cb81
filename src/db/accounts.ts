import type { PrismaClient } from "@/generated/prisma/client";
import { type AuditAction, recordAudit } from "./audit";
import type { Tx } from "./transaction";

/** A person, and the hash of their password where they have one. */
export interface Person {
  id: string;
  name: string;
  email: string;
  passwordHash: string | null;
}

/** By id or by e-mail address, in lower case. */
export async function findPerson(client: PrismaClient | Tx, by: { id: string } | { email: string }): Promise<Person | null> {
  const user = await client.user.findUnique({
    where: by,
    select: { id: true, name: true, email: true, accounts: { where: { providerId: "credential" }, select: { password: true } } },
  });
  return user && { id: user.id, name: user.name, email: user.email, passwordHash: user.accounts[0]?.password ?? null };
}

/** Gives a person another password, and their first one where they had none. */
export async function storePasswordHash(tx: Tx, userId: string, password: string): Promise<void> {
  // better-auth finds the password of an e-mail account by this provider and the user's own id.
  const account = { providerId: "credential", accountId: userId };
  await tx.account.upsert({ where: { providerId_accountId: account }, update: { password }, create: { ...account, userId, password } });
}

/** Gives a person another password if theirs is still the one with this hash. */
export async function replacePasswordHash(tx: Tx, userId: string, from: string, to: string): Promise<boolean> {
  const { count } = await tx.account.updateMany({ where: { userId, providerId: "credential", password: from }, data: { password: to } });
  return count > 0;
}

export async function renamePerson(tx: Tx, userId: string, name: string): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { name } });
}

/** The organizations that this person belongs to. */
export async function listOrganizationIds(tx: Tx, userId: string): Promise<string[]> {
  const members = await tx.member.findMany({ where: { userId }, select: { organizationId: true }, orderBy: { createdAt: "asc" } });
  return members.map(({ organizationId }) => organizationId);
}

/** Adds what was done with a person's account to the audit of each organization that they belong to. */
export async function auditPerson(tx: Tx, userId: string, actor: { id: string | null; name: string; address?: string }, action: AuditAction): Promise<void> {
  for (const orgId of await listOrganizationIds(tx, userId)) {
    await recordAudit(tx, { ...action, subjectId: userId, orgId, actorId: actor.id, actorName: actor.name, address: actor.address });
  }
}
