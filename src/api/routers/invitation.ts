import { z } from "zod";
import { acceptInvitation } from "@/auth/accept-invitation";
import { hashToken } from "@/auth/one-time-token";
import { revokeInvitation } from "@/db/invitations";
import { findOffer } from "@/db/offers";
import { acceptanceSchema, invitationTokenSchema, issuedInvitationSchema, offerSchema } from "@/domain/invitation";
import { inTransaction, publicProcedure, router, signedInProcedure } from "../init";
import { inviteAgain } from "../issue-invitation";

const invitationId = z.object({ id: z.uuid("Pick an invitation from the list.") });

export const invitationRouter = router({
  /** Null for every link that does not work, whatever the reason. */
  offer: publicProcedure
    .input(invitationTokenSchema)
    .output(offerSchema.nullable())
    .query(({ ctx, input }) => findOffer(ctx.db.system, hashToken(input.token), ctx.session?.userId ?? null)),

  accept: publicProcedure
    .input(acceptanceSchema)
    .output(z.object({ organizationId: z.uuid(), email: z.string() }))
    .mutation(({ ctx, input }) => acceptInvitation(ctx.db, input, ctx)),

  resend: signedInProcedure
    .input(invitationId)
    .output(issuedInvitationSchema)
    .mutation(({ ctx, input }) => inviteAgain(ctx, input.id)),

  revoke: signedInProcedure
    .input(invitationId)
    .use(inTransaction("member.manage"))
    .output(z.object({ revoked: z.literal(true) }))
    .mutation(async ({ ctx, input: { id } }) => {
      const { email } = await revokeInvitation(ctx.tx, ctx.orgId, ctx.member.user.id, id);
      await ctx.audit({ action: "invitation.revoke", subjectId: id, summary: `Revoked the invitation of ${email}` });
      return { revoked: true };
    }),
});
