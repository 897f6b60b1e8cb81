import { z } from "zod";
import { linkKeyId, linkToken } from "@/auth/link-signature";
import { createLink, getLink, listLinks, revokeLink } from "@/db/item-links";
import { getExport } from "@/db/large-exports";
import { findSavedView } from "@/db/saved-views";
import type { Tx } from "@/db/transaction";
import { AppError } from "@/domain/errors";
import { issuedLinkSchema, itemLinkSchema, type LinkSubject, linkWords, newLinkSchema } from "@/domain/item-link";
import { may } from "@/domain/roles";
import { inTransaction, type Member, router, signedInProcedure } from "../init";

/** For people only: a link shows what its maker may see, for as long as they may. */
export const linkRouter = router({
  list: signedInProcedure
    .use(inTransaction("item.read"))
    .output(z.array(itemLinkSchema))
    .query(({ ctx }) => listLinks(ctx.tx, ctx.orgId)),

  create: signedInProcedure
    .input(newLinkSchema)
    .use(inTransaction("item.read"))
    .output(issuedLinkSchema)
    .mutation(async ({ ctx, input: { subject, expiresInDays } }) => {
      const endsAt = await getEnd(ctx.tx, ctx.orgId, subject);
      const { keys } = ctx.db;
      const createdById = ctx.session.userId;
      const stored = await createLink(ctx.tx, ctx.orgId, { subject, expiresInDays, endsAt, keyId: linkKeyId(keys), createdById });
      await ctx.audit({ action: "link.create", subjectId: stored.id, summary: `Made a link to ${linkWords(subject)}` });
      return { link: await getLink(ctx.tx, ctx.orgId, stored.id), url: `${ctx.settings.baseUrl}/api/links/${linkToken(keys, stored)}` };
    }),

  revoke: signedInProcedure
    .input(z.object({ id: z.uuid("Pick a link from the list.") }))
    .use(inTransaction("item.read"))
    .output(itemLinkSchema)
    .mutation(async ({ ctx, input: { id } }) => {
      refuseOthers(ctx.member, (await getLink(ctx.tx, ctx.orgId, id)).createdById);
      const revoked = await revokeLink(ctx.tx, ctx.orgId, id);
      const link = await getLink(ctx.tx, ctx.orgId, id);
      if (revoked) await ctx.audit({ action: "link.revoke", subjectId: id, summary: `Revoked a link to ${linkWords(link.subject)}` });
      return link;
    }),
});

/** When what the link shows ends; null when it does not. */
async function getEnd(tx: Tx, orgId: string, subject: LinkSubject): Promise<Date | null> {
  if (subject.what === "view-feed" && !(await findSavedView(tx, orgId, subject.viewId))) {
    throw new AppError("not_found", "This view no longer exists, so no link was made. Reload the page to see the ones there are.");
  }
  return subject.what === "file" ? (await getExport(tx, orgId, subject.exportId)).expiresAt : null;
}

function refuseOthers({ user, role }: Member, makerId: string): void {
  if (user.id === makerId || may(role, "member.manage")) return;
  throw new AppError("forbidden", "Somebody else made this link, so it was not revoked. Ask them, or an owner or admin of the organization.");
}
