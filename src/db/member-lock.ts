import { AppError } from "@/domain/errors";
import { parseRole, type Role } from "@/domain/roles";
import type { Tx } from "./transaction";

/**
 * Members and invitations of an organization change one transaction at a time, so that two owners cannot demote each
 * other. Inserts that only point to the organization do not wait. Never together with `lockSchedule`.
 */
export async function lockMembers(tx: Tx, orgId: string): Promise<void> {
  await tx.$executeRaw`select 1 from organization where id = ${orgId}::uuid for no key update`;
}

/**
 * As `lockMembers`. Returns the role that the acting person has now: another transaction may have changed it while this
 * one waited.
 * @throws AppError `forbidden` when they are no longer a member.
 */
export async function lockMembersFor(tx: Tx, orgId: string, actorId: string): Promise<Role> {
  await lockMembers(tx, orgId);
  const actor = await tx.member.findUnique({ where: { organizationId_userId: { organizationId: orgId, userId: actorId } }, select: { role: true } });
  const role = actor && parseRole(actor.role);
  if (!role) throw new AppError("forbidden", "You are no longer a member of this organization. Nothing was changed.");
  return role;
}
