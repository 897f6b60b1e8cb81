import { z } from "zod";
import { changesBetween } from "@/db/audit";
import type { Database } from "@/db/client";
import type { SourceEditor } from "@/db/source-headers";
import { createSourceWithHeaders, getSource, liftQuarantine, listSources, removeSource, updateSource } from "@/db/sources";
import { newSourceSchema, sourceDefinitionSchema, sourceSchema, sourceTestResultSchema } from "@/domain/source";
import { describeHeaderChanges, sourceHeadersInputSchema } from "@/domain/source-header";
import { requireReadable } from "@/domain/source-syntax";
import { authorized, inTransaction, type Member, router, signedInProcedure } from "../init";
import { testSource } from "../test-source";

const sourceId = z.object({ id: z.uuid("Pick a source from the list.") });
/** Left out, the source keeps the headers that it has. */
const headers = sourceHeadersInputSchema.optional();

function editorOf({ db, member }: { db: Database; member: Member }): SourceEditor {
  return { userId: member.user.id, keys: db.keys };
}

/** What was done to the source, in one sentence. */
const summarize = (done: string, headerChanges: string[]) => [done, ...headerChanges].join(", ");

export const sourceRouter = router({
  list: signedInProcedure
    .use(inTransaction("source.read"))
    .output(z.array(sourceSchema))
    .query(({ ctx }) => listSources(ctx.tx, ctx.orgId)),

  get: signedInProcedure
    .input(sourceId)
    .use(inTransaction("source.read"))
    .output(sourceSchema)
    .query(({ ctx, input }) => getSource(ctx.tx, ctx.orgId, input.id)),

  create: signedInProcedure
    .input(newSourceSchema)
    .use(inTransaction("source.change"))
    .output(sourceSchema)
    .mutation(async ({ ctx, input: { headers: wanted, ...definition } }) => {
      requireReadable(definition);
      const source = await createSourceWithHeaders(ctx.tx, ctx.orgId, { definition, headers: wanted }, editorOf(ctx));
      const set = describeHeaderChanges({ set: source.headers.map(({ name }) => name), replaced: [], removed: [] });
      const permission = source.config.ignoreRobots ? ", which ignores robots.txt" : "";
      await ctx.audit({ action: "source.create", subjectId: source.id, summary: summarize(`Created the source “${source.name}”${permission}`, set) });
      return source;
    }),

  update: signedInProcedure
    .input(sourceId.extend({ definition: sourceDefinitionSchema, enabled: z.boolean(), headers }))
    .use(inTransaction("source.change"))
    .output(sourceSchema)
    .mutation(async ({ ctx, input: { id, ...update } }) => {
      requireReadable(update.definition, "definition.");
      const { source, before, headerChanges } = await updateSource(ctx.tx, ctx.orgId, id, update, editorOf(ctx));
      const changes = changesBetween(before, source, ["name", "kind", "url", "config", "enabled", "quarantinedAt"]);
      const summary = summarize(`Changed the source “${source.name}”`, describeHeaderChanges(headerChanges));
      await ctx.audit({ action: "source.update", subjectId: id, summary, changes });
      return source;
    }),

  liftQuarantine: signedInProcedure
    .input(z.object({ sourceId: sourceId.shape.id }))
    .use(inTransaction("source.change"))
    .output(sourceSchema)
    .mutation(async ({ ctx, input }) => {
      const { source, lifted } = await liftQuarantine(ctx.tx, ctx.orgId, input.sourceId);
      if (lifted) {
        await ctx.audit({ action: "source.liftQuarantine", subjectId: source.id, summary: `Lifted the quarantine of the source “${source.name}”` });
      }
      return source;
    }),

  remove: signedInProcedure
    .input(sourceId)
    .use(inTransaction("source.change"))
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx, input: { id } }) => {
      const source = await removeSource(ctx.tx, ctx.orgId, id);
      await ctx.audit({ action: "source.remove", subjectId: id, summary: `Deleted the source “${source.name}” and its ${source.itemCount} items` });
      return { removed: true };
    }),

  test: signedInProcedure
    .input(z.object({ definition: sourceDefinitionSchema, sourceId: sourceId.shape.id.optional(), headers }))
    .use(authorized("source.test"))
    .output(sourceTestResultSchema)
    .mutation(({ ctx, input: { headers: wanted, ...input }, signal }) => testSource(ctx.db, ctx.session.organizationId, { ...input, wanted }, signal)),
});
