import { AppError } from "@/domain/errors";
import { type Member, requireGrantable, requireOwnerLeft } from "@/domain/member";
import { grantableRoles, type Role } from "@/domain/roles";
import { revokeBeyondReach } from "./invitations";
import { lockMembersFor } from "./member-lock";
import { listMembers } from "./members";
import type { Tx } from "./transaction";

/**
 * Gives a member another role.
 * @returns the member as they were
 * @throws AppError `not_found`; `forbidden` when the member or the role is beyond the acting person's reach; `in_use` for the last owner.
 */
export async function changeRole(tx: Tx, orgId: string, actorId: string, memberId: string, role: Role): Promise<Member> {
  const actor = await lockMembersFor(tx, orgId, actorId);
  const members = await listMembers(tx, orgId);
  const member = getMemberOf(members, memberId);
  requireGrantable(actor, member.role);
  requireGrantable(actor, role);
  requireOwnerLeft(member, role, countOwners(members));
  await setRole(tx, orgId, member, role);
  return member;
}

/**
 * Takes a member out of the organization; what they set up stays. Their sessions are the caller's business.
 * @throws AppError as `changeRole` does.
 */
export async function removeMember(tx: Tx, orgId: string, actorId: string, memberId: string): Promise<Member> {
  const actor = await lockMembersFor(tx, orgId, actorId);
  const members = await listMembers(tx, orgId);
  const member = getMemberOf(members, memberId);
  requireGrantable(actor, member.role);
  requireOwnerLeft(member, null, countOwners(members));
  await deleteMember(tx, orgId, member);
  return member;
}

/**
 * As `removeMember`, by the member's own wish.
 * @throws AppError `forbidden` when they are gone already, `in_use` for the last owner.
 */
export async function leaveOrganization(tx: Tx, orgId: string, userId: string): Promise<void> {
  await lockMembersFor(tx, orgId, userId);
  const members = await listMembers(tx, orgId);
  const member = getOwnMember(members, userId);
  requireOwnerLeft(member, null, countOwners(members));
  await deleteMember(tx, orgId, member);
}

/**
 * Makes another member owner and the acting owner admin.
 * @returns the new owner
 * @throws AppError `not_found`; `forbidden` for who is no owner any more; `validation` at `memberId` for oneself.
 */
export async function transferOwnership(tx: Tx, orgId: string, actorId: string, memberId: string): Promise<Member> {
  const actor = await lockMembersFor(tx, orgId, actorId);
  requireGrantable(actor, "owner");
  const members = await listMembers(tx, orgId);
  const heir = getMemberOf(members, memberId);
  const giver = getOwnMember(members, actorId);
  if (heir.id === giver.id) throw new AppError("validation", "You are owner already. Pick another member.", { field: "memberId" });
  await setRole(tx, orgId, heir, "owner");
  await setRole(tx, orgId, giver, "admin");
  return heir;
}

function getMemberOf(members: readonly Member[], memberId: string): Member {
  const member = members.find(({ id }) => id === memberId);
  if (!member) throw new AppError("not_found", "This person is no longer a member. Reload the page to see who is.");
  return member;
}

function getOwnMember(members: readonly Member[], userId: string): Member {
  const member = members.find((each) => each.userId === userId);
  if (!member) throw new AppError("forbidden", "You are no longer a member of this organization. Nothing was changed.");
  return member;
}

function countOwners(members: readonly Member[]): number {
  return members.filter(({ role }) => role === "owner").length;
}

async function setRole(tx: Tx, orgId: string, { id, userId }: Member, role: Role): Promise<void> {
  await tx.member.update({ where: { id, organizationId: orgId }, data: { role } });
  await revokeBeyondReach(tx, orgId, userId, grantableRoles(role));
}

async function deleteMember(tx: Tx, orgId: string, { id, userId }: Member): Promise<void> {
  await tx.member.delete({ where: { id, organizationId: orgId } });
  await revokeBeyondReach(tx, orgId, userId, []);
}
