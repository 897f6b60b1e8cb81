import { AppError } from "@/domain/errors";
import type { Offer } from "@/domain/invitation";
import type { Role } from "@/domain/roles";
import type { PrismaClient } from "@/generated/prisma/client";
import { recordAudit } from "./audit";
import type { Database } from "./client";
import { lockMembers } from "./member-lock";
import { createAccount } from "./new-account";
import { chooseOrganization, type SessionOwner } from "./session-organization";
import type { Tx } from "./transaction";

/** What somebody accepted. */
export interface Accepted {
  organizationId: string;
  /** Whose account it is now a member's. */
  email: string;
}

/** One answer for a link that is unknown, used, revoked, replaced or too old, so that nobody learns which. */
export function invalidLink(): AppError {
  return new AppError("gone", "This invitation link does not work (any more), so nothing was changed. Ask whoever invited you for a new one.");
}

/** What the link with this token offers to who is signed in, if anybody is; null when it does not work (any more). */
export async function findOffer(system: PrismaClient, tokenHash: string, userId: string | null): Promise<Offer | null> {
  const [offer] = await system.$queryRaw<Offer[]>`
    select o.name as "organizationName", o.time_zone as "timeZone", i.email, i.role, inviter.name as "inviterName", i.expires_at as "expiresAt",
      exists (select 1 from "user" u where u.email = i.email) as "hasAccount",
      (select u.email from "user" u where u.id = ${userId}::uuid) as "signedInAs"
    from invitation i join organization o on o.id = i.org_id join "user" inviter on inviter.id = i.inviter_id
    where i.token_hash = ${tokenHash} and i.status = 'pending' and i.expires_at > clock_timestamp()`;
  return offer ?? null;
}

/**
 * Makes who is signed in a member and lets their session go on in the organization. Accepting again changes nothing.
 * @throws AppError `gone` for a link that does not work (any more), `forbidden` for one that is somebody else's.
 */
export function acceptInSession(db: Database, tokenHash: string, session: SessionOwner, address: string): Promise<Accepted> {
  return db.withSystem(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: session.userId }, select: { id: true, name: true, email: true } });
    const invitation = await lockInvitation(tx, tokenHash);
    if (!invitation.isOpen && invitation.acceptedById !== user.id) throw invalidLink();
    if (invitation.email !== user.email) {
      const whose = `You are signed in as ${user.email}, and this invitation is for ${invitation.email}.`;
      throw new AppError("forbidden", `${whose} Nothing was changed. Sign out, then open the link again.`);
    }
    if (invitation.isOpen) await join(tx, invitation, { ...user, address });
    // Accepted once, but removed since.
    if (!(await chooseOrganization(tx, session, invitation.orgId))) throw invalidLink();
    return { organizationId: invitation.orgId, email: user.email };
  });
}

/**
 * Makes the account of somebody who has none, and them a member.
 * @throws AppError `gone` for a link that does not work (any more), `in_use` when the address has an account.
 */
export function acceptWithAccount(db: Database, tokenHash: string, account: { name: string; passwordHash: string; address: string }): Promise<Accepted> {
  return db.withSystem(async (tx) => {
    const invitation = await lockInvitation(tx, tokenHash);
    if (!invitation.isOpen) throw invalidLink();
    const { email, orgId: organizationId } = invitation;
    const id = await createAccount(tx, { ...account, email });
    await join(tx, invitation, { id, name: account.name, address: account.address });
    return { organizationId, email };
  });
}

interface LockedInvitation {
  id: string;
  orgId: string;
  email: string;
  role: Role;
  inviterName: string;
  acceptedById: string | null;
  /** Neither used nor revoked, and within its time. */
  isOpen: boolean;
}

async function lockInvitation(tx: Tx, tokenHash: string): Promise<LockedInvitation> {
  const found = await tx.invitation.findUnique({ where: { tokenHash }, select: { organizationId: true } });
  if (!found) throw invalidLink();
  await lockMembers(tx, found.organizationId);
  // Only now: it may have been used, revoked or replaced while this transaction waited.
  const [invitation] = await tx.$queryRaw<LockedInvitation[]>`
    select i.id, i.org_id as "orgId", i.email, i.role, u.name as "inviterName", i.accepted_by_id as "acceptedById",
      i.status = 'pending' and i.expires_at > clock_timestamp() as "isOpen"
    from invitation i join "user" u on u.id = i.inviter_id where i.token_hash = ${tokenHash}`;
  if (!invitation) throw invalidLink();
  return invitation;
}

async function join(tx: Tx, { id, orgId, role, inviterName }: LockedInvitation, user: { id: string; name: string; address: string }): Promise<void> {
  await tx.member.create({ data: { organizationId: orgId, userId: user.id, role } });
  await tx.invitation.update({ where: { id }, data: { status: "accepted", acceptedById: user.id } });
  await recordAudit(tx, {
    orgId,
    actorId: user.id,
    actorName: user.name,
    address: user.address,
    action: "invitation.accept",
    subjectId: id,
    summary: `Joined as ${role}, invited by ${inviterName}`,
  });
}
