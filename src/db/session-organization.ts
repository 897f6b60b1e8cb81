import type { PrismaClient } from "@/generated/prisma/client";
import type { Tx } from "./transaction";

/** Whose session it is. */
export interface SessionOwner {
  id: string;
  userId: string;
}

/** Lets this session work in this organization. False, and nothing changed, when the person does not belong to it. */
export async function chooseOrganization(system: PrismaClient | Tx, session: SessionOwner, orgId: string): Promise<boolean> {
  const changed = await system.$executeRaw`
    update session set active_organization_id = ${orgId}::uuid
    where id = ${session.id}::uuid and user_id = ${session.userId}::uuid
      and exists (select 1 from member where org_id = ${orgId}::uuid and user_id = ${session.userId}::uuid)`;
  return changed === 1;
}

/**
 * For somebody who is no longer in this organization: their sessions in it go on in the one of theirs that they joined
 * first, and end when there is none.
 */
export async function leaveOrganizationInSessions(system: PrismaClient, orgId: string, userId: string): Promise<void> {
  await system.$executeRaw`
    with next as (
      select org_id from member where user_id = ${userId}::uuid and org_id <> ${orgId}::uuid order by created_at, id limit 1
    ), moved as (
      update session set active_organization_id = next.org_id from next
      where user_id = ${userId}::uuid and active_organization_id = ${orgId}::uuid
    )
    delete from session
    where user_id = ${userId}::uuid and active_organization_id = ${orgId}::uuid and not exists (select 1 from next)`;
}
