import { hashPassword } from "better-auth/crypto";
import { auditPerson, findPerson, listOrganizationIds, storePasswordHash } from "@/db/accounts";
import { recordAudit } from "@/db/audit";
import type { Database } from "@/db/client";
import { findMembership, type Membership } from "@/db/members";
import { hasResetToken, storeResetToken, takeResetToken } from "@/db/password-resets";
import { endSessions } from "@/db/sessions";
import type { Tx } from "@/db/transaction";
import { type PasswordReset, RESET_LINK_VALID_MS } from "@/domain/account";
import { AppError } from "@/domain/errors";
import { parseRole, ROLES, type Role } from "@/domain/roles";
import { createToken, hashToken } from "./one-time-token";

/** A one-time link by which this person chooses a new password. It makes their earlier one worthless. */
export async function createResetLink(tx: Tx, userId: string, baseUrl: string): Promise<string> {
  const token = createToken();
  await storeResetToken(tx, userId, hashToken(token), RESET_LINK_VALID_MS);
  return `${baseUrl}/reset?token=${token}`;
}

/** Who makes a reset link for somebody else, as a member of which organization. */
interface ResetActor {
  orgId: string;
  userId: string;
  name: string;
  role: Role;
  /** The client's address. */
  address: string;
}

/**
 * A reset link for a member of the actor's organization. Whoever has it becomes that person, so the member may be neither above the
 * actor nor at home in an organization that the actor has no say in.
 * @throws AppError `not_found` for who is no member, `forbidden` where the link would give too much.
 */
export async function createMemberResetLink(db: Database, actor: ResetActor, userId: string, baseUrl: string): Promise<string> {
  return db.withSystem(async (tx) => {
    const member = await findMembership(tx, actor.orgId, userId);
    if (!member) throw new AppError("not_found", "There is no such member. No link was made. Reload the list of members.");
    refuseTooMuch(actor, member, await listOrganizationIds(tx, userId));
    const { user } = member;
    const summary = `Made a password reset link for ${user.name}`;
    const { orgId, userId: actorId, name: actorName, address } = actor;
    await recordAudit(tx, { action: "member.resetLink", subjectId: user.id, summary, orgId, actorId, actorName, address });
    return createResetLink(tx, userId, baseUrl);
  });
}

function refuseTooMuch(actor: ResetActor, { user, role }: Membership, organizationIds: readonly string[]): void {
  const refuse = (why: string) => new AppError("forbidden", `No link was made: ${why}`);
  if (user.id === actor.userId) throw refuse("it would be your own. Change your password on your account page.");
  const theirs = parseRole(role);
  if (theirs === null || ROLES.indexOf(theirs) < ROLES.indexOf(actor.role)) throw refuse(`${user.name} has a higher role than you. Ask an owner.`);
  if (organizationIds.length > 1) {
    throw refuse(
      `${user.name} belongs to another organization too, which the link would open. Ask the operator to run npm run password:reset -- ${user.email}`,
    );
  }
}

/**
 * A reset link for any account, for who runs this installation; null when nobody has this e-mail address.
 * @param email In lower case.
 */
export async function createOperatorResetLink(db: Database, email: string, baseUrl: string): Promise<{ name: string; url: string } | null> {
  return db.withSystem(async (tx) => {
    const person = await findPerson(tx, { email });
    if (!person) return null;
    const summary = `Made a password reset link for ${person.name}`;
    await auditPerson(tx, person.id, { id: null, name: "The operator" }, { action: "member.resetLink", summary });
    return { name: person.name, url: await createResetLink(tx, person.id, baseUrl) };
  });
}

/**
 * Gives the person whose link this is a new password and ends all their sessions.
 * @throws AppError `gone` for a link that is unknown, used or too old: which of these it does not tell.
 */
export async function resetPassword(db: Database, { token, password }: PasswordReset, clientAddress?: string): Promise<void> {
  const tokenHash = hashToken(token);
  // Hashing a password takes a tenth of a second of a core: only who has a link may ask for it.
  if (!(await hasResetToken(db.system, tokenHash))) throw notValid();
  const passwordHash = await hashPassword(password);
  await db.withSystem(async (tx) => {
    const userId = await takeResetToken(tx, tokenHash);
    const person = userId === null ? null : await findPerson(tx, { id: userId });
    if (!person) throw notValid();
    await storePasswordHash(tx, person.id, passwordHash);
    const actor = { id: person.id, name: person.name, address: clientAddress };
    await auditPerson(tx, person.id, actor, { action: "account.resetPassword", summary: "Set a new password by reset link" });
    await endSessions(tx, person.id);
  });
}

function notValid(): AppError {
  return new AppError("gone", "This link is not valid (any more). Your password is unchanged. Ask for a new link: each works once, for 30 minutes.");
}
