import type { AccountSession } from "@/domain/account";
import type { PrismaClient } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** Whether this session has neither ended nor been signed out, by the database's clock. */
export async function isSessionAlive(system: PrismaClient, sessionId: string): Promise<boolean> {
  const rows = await system.$queryRaw<unknown[]>`select 1 from session where id = ${sessionId}::uuid and expires_at > clock_timestamp()`;
  return rows.length > 0;
}

/** Whether the person with this e-mail address, in lower case, is signed in at this network address, by another session than `exceptId`. */
export async function hasSessionAt(system: PrismaClient, place: { email: string; address: string }, exceptId: string | null = null): Promise<boolean> {
  const rows = await system.$queryRaw<unknown[]>`
    select 1 from session s join "user" u on u.id = s.user_id
    where u.email = ${place.email} and s.ip_address = ${place.address} and s.expires_at > clock_timestamp()
      and s.id is distinct from ${exceptId}::uuid limit 1`;
  return rows.length > 0;
}

/** Where this person is signed in, the most recently used first. */
export async function listSessions(system: PrismaClient, userId: string): Promise<Omit<AccountSession, "isCurrent">[]> {
  return system.$queryRaw<Omit<AccountSession, "isCurrent">[]>`
    select id, user_agent as "userAgent", nullif(ip_address, '') as address, created_at as "createdAt", updated_at as "lastUsedAt"
    from session where user_id = ${userId}::uuid and expires_at > clock_timestamp() order by updated_at desc, id`;
}

/** Ends one session of this person; false when they have none of this id (any more). Its streams end with it. */
export async function endSession(client: PrismaClient | Tx, userId: string, sessionId: string): Promise<boolean> {
  return (await client.$executeRaw`delete from session where id = ${sessionId}::uuid and user_id = ${userId}::uuid`) > 0;
}

/** Ends this person's sessions, all but the one to keep, and returns how many. Their streams end with them. */
export async function endSessions(client: PrismaClient | Tx, userId: string, keepId: string | null = null): Promise<number> {
  return client.$executeRaw`delete from session where user_id = ${userId}::uuid and id is distinct from ${keepId}::uuid`;
}
