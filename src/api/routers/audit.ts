import { z } from "zod";
import { listAuditActors, listAuditEntries } from "@/db/audit-entries";
import { auditActorSchema, auditFilterSchema, auditPageSchema } from "@/domain/audit";
import { inTransaction, router, signedInProcedure } from "../init";

/** Reading only: entries are written with what they tell of, and never changed. */
export const auditRouter = router({
  list: signedInProcedure
    .input(auditFilterSchema)
    .use(inTransaction("audit.read"))
    .output(auditPageSchema)
    .query(({ ctx, input }) => listAuditEntries(ctx.tx, ctx.orgId, input, ctx.member.organization.timeZone)),

  actors: signedInProcedure
    .use(inTransaction("audit.read"))
    .output(z.array(auditActorSchema))
    .query(({ ctx }) => listAuditActors(ctx.tx, ctx.orgId)),
});
