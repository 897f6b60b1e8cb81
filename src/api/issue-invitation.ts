import { createToken, hashToken } from "@/auth/one-time-token";
import { createInvitation, renewInvitation } from "@/db/invitations";
import { countAttempt } from "@/db/rate-limit";
import { AppError } from "@/domain/errors";
import type { Invitation, InvitationDefinition, InvitationDelivery, IssuedInvitation } from "@/domain/invitation";
import { invitationMail } from "@/domain/invitation-mail";
import type { ApiContext } from "./context";
import { asMember, type MemberScope, type MemberSession } from "./init";

type IssueContext = ApiContext & { session: MemberSession };

const MOST_AN_HOUR = 100;
const HOUR_MS = 3_600_000;

/** Invites this address and mails the link, where mail is set up. */
export function invite(ctx: IssueContext, definition: InvitationDefinition): Promise<IssuedInvitation> {
  return issue(ctx, async ({ tx, orgId, member, audit }, tokenHash) => {
    const invitation = await createInvitation(tx, orgId, member.user.id, { ...definition, tokenHash });
    await audit({ action: "member.invite", subjectId: invitation.id, summary: `Invited ${invitation.email} as ${invitation.role}` });
    return invitation;
  });
}

/** Gives an invitation a new link and mails that. */
export function inviteAgain(ctx: IssueContext, id: string): Promise<IssuedInvitation> {
  return issue(ctx, async ({ tx, orgId, member, audit }, tokenHash) => {
    const invitation = await renewInvitation(tx, orgId, member.user.id, id, tokenHash);
    await audit({ action: "invitation.resend", subjectId: id, summary: `Made a new invitation link for ${invitation.email}` });
    return invitation;
  });
}

async function issue(ctx: IssueContext, store: (scope: MemberScope, tokenHash: string) => Promise<Invitation>): Promise<IssuedInvitation> {
  const token = createToken();
  const { invitation, organizationName } = await asMember(ctx, ctx.session, "member.manage", async (scope) => {
    await limitInvitations(ctx);
    return { invitation: await store(scope, hashToken(token)), organizationName: scope.member.organization.name };
  });
  // After the commit: a message about an invitation that was rolled back cannot be taken back.
  return { invitation, delivery: await deliver(ctx, invitation, organizationName, `${ctx.settings.baseUrl}/invitation?token=${token}`) };
}

/** Each invitation may be a message to somebody who never asked for one. */
async function limitInvitations({ db, session }: IssueContext): Promise<void> {
  const count = await countAttempt(db.system, `invitation.issue|${session.organizationId}`, HOUR_MS);
  if (count > MOST_AN_HOUR)
    throw new AppError("rate_limited", "Your organization has sent many invitations within the hour. Nobody was invited. Try again later.");
}

async function deliver({ mailer, log }: ApiContext, invitation: Invitation, organizationName: string, url: string): Promise<InvitationDelivery> {
  if (!mailer) return { way: "link", url, problem: null };
  const { email: to, inviterName, role } = invitation;
  try {
    await mailer.send(invitationMail({ to, inviterName, organizationName, role, url }));
    return { way: "mail" };
  } catch (error) {
    log.warn({ err: error }, "an invitation could not be mailed");
    return { way: "link", url, problem: "The mail server did not take the message." };
  }
}
