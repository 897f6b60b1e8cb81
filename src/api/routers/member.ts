import { z } from "zod";
import { createMemberResetLink } from "@/auth/password-reset";
import { ROLES } from "@/auth/roles";
import { authorized, router, signedInProcedure } from "../init";

const meSchema = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
  organization: z.object({ id: z.uuid(), name: z.string(), timeZone: z.string() }),
  role: z.enum(ROLES),
});

export const memberRouter = router({
  me: signedInProcedure
    .use(authorized("member.read"))
    .output(meSchema)
    .query(({ ctx }) => ctx.member),

  /** A link by which this member chooses a new password; for whoever makes it to pass on. */
  resetLink: signedInProcedure
    .input(z.object({ userId: z.uuid() }))
    .use(authorized("member.manage"))
    .output(z.object({ url: z.url() }))
    .mutation(async ({ ctx: { db, member, session, settings }, input }) => {
      const actor = { orgId: session.organizationId, userId: session.userId, name: member.user.name, role: member.role };
      return { url: await createMemberResetLink(db, actor, input.userId, settings.baseUrl) };
    }),
});
