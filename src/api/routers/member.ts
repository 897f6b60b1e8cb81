import { z } from "zod";
import { createMemberResetLink } from "@/auth/password-reset";
import { listInvitations } from "@/db/invitations";
import { changeRole, leaveOrganization, removeMember } from "@/db/member-changes";
import { listMembers } from "@/db/members";
import { leaveOrganizationInSessions } from "@/db/session-organization";
import { invitationDefinitionSchema, invitationSchema, issuedInvitationSchema } from "@/domain/invitation";
import { memberSchema } from "@/domain/member";
import { preferencesSchema } from "@/domain/preferences-schema";
import { ROLES } from "@/domain/roles";
import { asMember, authorized, inTransaction, router, signedInProcedure } from "../init";
import { invite } from "../issue-invitation";

const meSchema = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
  organization: z.object({ id: z.uuid(), name: z.string(), timeZone: z.string() }),
  role: z.enum(ROLES),
  preferences: preferencesSchema,
});

const memberId = z.object({ memberId: z.uuid("Pick a member from the list.") });

export const memberRouter = router({
  me: signedInProcedure
    .use(authorized("member.read"))
    .output(meSchema)
    .query(({ ctx }) => ctx.member),

  list: signedInProcedure
    .use(inTransaction("member.read"))
    .output(z.object({ members: z.array(memberSchema), invitations: z.array(invitationSchema) }))
    .query(async ({ ctx }) => ({ members: await listMembers(ctx.tx, ctx.orgId), invitations: await listInvitations(ctx.tx, ctx.orgId) })),

  invite: signedInProcedure
    .input(invitationDefinitionSchema)
    .output(issuedInvitationSchema)
    .mutation(({ ctx, input }) => invite(ctx, input)),

  changeRole: signedInProcedure
    .input(memberId.extend({ role: z.enum(ROLES, "Pick a role.") }))
    .use(inTransaction("member.manage"))
    .output(z.object({ changed: z.boolean() }))
    .mutation(async ({ ctx, input: { memberId: id, role } }) => {
      const before = await changeRole(ctx.tx, ctx.orgId, ctx.member.user.id, id, role);
      if (before.role === role) return { changed: false };
      await ctx.audit({
        action: "member.changeRole",
        subjectId: id,
        summary: `Changed ${before.name} from ${before.role ?? "an unknown role"} to ${role}`,
        changes: { role: { from: before.role, to: role } },
      });
      return { changed: true };
    }),

  remove: signedInProcedure
    .input(memberId)
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      const { organizationId } = ctx.session;
      const { userId } = await asMember(ctx, ctx.session, "member.manage", async ({ tx, orgId, member, audit }) => {
        const removed = await removeMember(tx, orgId, member.user.id, input.memberId);
        await audit({ action: "member.remove", subjectId: removed.id, summary: `Removed ${removed.name} (${removed.email})` });
        return removed;
      });
      // Sessions are beyond what a tenant's transaction sees. Until this is done, each of their requests is refused as no member's.
      await leaveOrganizationInSessions(ctx.db.system, organizationId, userId);
      return { removed: true };
    }),

  leave: signedInProcedure.output(z.object({ left: z.literal(true) })).mutation(async ({ ctx }) => {
    const { organizationId, userId } = ctx.session;
    await asMember(ctx, ctx.session, "member.leave", async ({ tx, orgId, member, audit }) => {
      await leaveOrganization(tx, orgId, userId);
      await audit({ action: "member.leave", subjectId: userId, summary: `Left “${member.organization.name}”` });
    });
    await leaveOrganizationInSessions(ctx.db.system, organizationId, userId);
    return { left: true };
  }),
  /** A link by which this member chooses a new password; for whoever makes it to pass on. */
  resetLink: signedInProcedure
    .input(z.object({ userId: z.uuid() }))
    .use(authorized("member.manage"))
    .output(z.object({ url: z.url() }))
    .mutation(async ({ ctx: { db, member, session, settings, clientAddress: address }, input }) => {
      const actor = { orgId: session.organizationId, userId: session.userId, name: member.user.name, role: member.role, address };
      return { url: await createMemberResetLink(db, actor, input.userId, settings.baseUrl) };
    }),
});
