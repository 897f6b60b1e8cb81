import { z } from "zod";
import { readAttention } from "@/db/attention";
import { transferOwnership } from "@/db/member-changes";
import { foundOrganization, listOrganizations, renameOrganization } from "@/db/organizations";
import { chooseOrganization } from "@/db/session-organization";
import { attentionSchema } from "@/domain/attention";
import { AppError } from "@/domain/errors";
import { organizationDefinitionSchema, organizationRenameSchema, ownOrganizationSchema } from "@/domain/organization";
import { authorized, inTransaction, personalProcedure, router, signedInProcedure } from "../init";

const organizationId = z.object({ organizationId: z.uuid("Pick an organization from the list.") });

export const organizationRouter = router({
  list: personalProcedure.output(z.array(ownOrganizationSchema)).query(({ ctx }) => listOrganizations(ctx.db.system, ctx.session.userId)),

  /** Asked for by every page, as long as it is open. */
  attention: signedInProcedure
    .use(inTransaction("source.read"))
    .output(attentionSchema)
    .query(({ ctx }) => readAttention(ctx.tx, ctx.orgId)),

  switch: personalProcedure
    .input(organizationId)
    .output(organizationId)
    .mutation(async ({ ctx, input }) => {
      if (await chooseOrganization(ctx.db.system, ctx.session, input.organizationId)) return input;
      throw new AppError("not_found", "You do not belong to this organization (any more). Reload the page to see yours.");
    }),

  create: signedInProcedure
    .input(organizationDefinitionSchema)
    .use(authorized("organization.create"))
    .output(organizationId)
    .mutation(async ({ ctx, input }) => {
      const founder = { ...ctx.member.user, address: ctx.clientAddress };
      return { organizationId: await foundOrganization(ctx.db, input, founder, ctx.session) };
    }),

  rename: signedInProcedure
    .input(organizationRenameSchema)
    .use(inTransaction("organization.rename"))
    .output(organizationRenameSchema)
    .mutation(async ({ ctx, input: { name } }) => {
      const from = ctx.member.organization.name;
      if (from === name) return { name };
      await renameOrganization(ctx.tx, ctx.orgId, name);
      const changes = { name: { from, to: name } };
      await ctx.audit({ action: "organization.rename", subjectId: ctx.orgId, summary: `Renamed the organization from “${from}” to “${name}”`, changes });
      return { name };
    }),

  transfer: signedInProcedure
    .input(z.object({ memberId: z.uuid("Pick a member from the list.") }))
    .use(inTransaction("organization.transfer"))
    .output(z.object({ transferred: z.literal(true) }))
    .mutation(async ({ ctx, input: { memberId } }) => {
      const heir = await transferOwnership(ctx.tx, ctx.orgId, ctx.member.user.id, memberId);
      await ctx.audit({
        action: "organization.transfer",
        subjectId: memberId,
        summary: `Made ${heir.name} owner and became admin`,
        changes: { role: { from: heir.role, to: "owner" } },
      });
      return { transferred: true };
    }),
});
