import { randomUUID } from "node:crypto";
import { AppError } from "@/domain/errors";
import { INVITATION_HOURS, type Invitation, type InvitationDefinition } from "@/domain/invitation";
import { requireGrantable } from "@/domain/member";
import type { Role } from "@/domain/roles";
import { lockMembersFor } from "./member-lock";
import type { Tx } from "./transaction";

const LIFETIME = `${INVITATION_HOURS} hours`;

/** The organization's invitations that nobody has accepted, those that have run out included, newest first. */
export function listInvitations(tx: Tx, orgId: string): Promise<Invitation[]> {
  return tx.$queryRaw<Invitation[]>`
    select i.id, i.email, i.role, coalesce(u.name, 'Somebody') as "inviterName", i.expires_at as "expiresAt"
    from invitation i left join "user" u on u.id = i.inviter_id
    where i.org_id = ${orgId}::uuid and i.status = 'pending' order by i.created_at desc, i.id`;
}

/**
 * Invites this address.
 * @param tokenHash SHA-256 of the link's token, in hex
 * @throws AppError `forbidden` when the role is beyond the inviter's reach, `validation` at `email` for who is a member or invited already.
 */
export async function createInvitation(
  tx: Tx,
  orgId: string,
  inviterId: string,
  { email, role, tokenHash }: InvitationDefinition & { tokenHash: string },
): Promise<Invitation> {
  requireGrantable(await lockMembersFor(tx, orgId, inviterId), role);
  await refuseKnown(tx, orgId, email);
  const id = randomUUID();
  await tx.$executeRaw`
    insert into invitation (id, org_id, email, role, status, token_hash, expires_at, inviter_id)
    values (${id}::uuid, ${orgId}::uuid, ${email}, ${role}, 'pending', ${tokenHash}, clock_timestamp() + ${LIFETIME}::interval, ${inviterId}::uuid)`;
  return getInvitation(tx, orgId, id);
}

/**
 * Gives an invitation another link and its full time; the link before it works no more.
 * @throws AppError `not_found` when it was accepted or revoked, `forbidden` when its role is beyond the person's reach.
 */
export async function renewInvitation(tx: Tx, orgId: string, inviterId: string, id: string, tokenHash: string): Promise<Invitation> {
  const actor = await lockMembersFor(tx, orgId, inviterId);
  requireGrantable(actor, (await getInvitation(tx, orgId, id)).role);
  await tx.$executeRaw`
    update invitation set token_hash = ${tokenHash}, expires_at = clock_timestamp() + ${LIFETIME}::interval, inviter_id = ${inviterId}::uuid
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
  return getInvitation(tx, orgId, id);
}

/**
 * Makes the link of an invitation worthless.
 * @throws AppError `not_found` when it was accepted or revoked already.
 */
export async function revokeInvitation(tx: Tx, orgId: string, actorId: string, id: string): Promise<Invitation> {
  await lockMembersFor(tx, orgId, actorId);
  const invitation = await getInvitation(tx, orgId, id);
  await tx.invitation.update({ where: { id, organizationId: orgId }, data: { status: "revoked" } });
  return invitation;
}

/** Revokes what this person has invited to other roles than these: somebody who was demoted or is gone must not hold a link back. */
export async function revokeBeyondReach(tx: Tx, orgId: string, inviterId: string, grantable: readonly Role[]): Promise<void> {
  await tx.invitation.updateMany({
    where: { organizationId: orgId, inviterId, status: "pending", role: { notIn: [...grantable] } },
    data: { status: "revoked" },
  });
}

async function getInvitation(tx: Tx, orgId: string, id: string): Promise<Invitation> {
  const invitation = (await listInvitations(tx, orgId)).find((each) => each.id === id);
  if (!invitation) throw new AppError("not_found", "This invitation was accepted or revoked meanwhile. Reload the page to see how it stands.");
  return invitation;
}

async function refuseKnown(tx: Tx, orgId: string, email: string): Promise<void> {
  const member = await tx.member.findFirst({ where: { organizationId: orgId, user: { email } }, select: { user: { select: { name: true } } } });
  if (member) throw refusedAddress(`${member.user.name} is a member already. Change their role in the list of members.`);
  // One that has run out is in nobody's way.
  await tx.$executeRaw`
    update invitation set status = 'revoked'
    where org_id = ${orgId}::uuid and email = ${email} and status = 'pending' and expires_at <= clock_timestamp()`;
  const pending = await tx.invitation.count({ where: { organizationId: orgId, email, status: "pending" } });
  if (pending > 0) throw refusedAddress("This address is invited already. Send that invitation again, or revoke it first.");
}

function refusedAddress(message: string): AppError {
  return new AppError("validation", message, { field: "email" });
}
