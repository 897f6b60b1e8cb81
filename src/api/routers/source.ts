import { z } from "zod";
import { changesBetween } from "@/db/audit";
import { createSource, getSource, liftQuarantine, listSources, removeSource, updateSource } from "@/db/sources";
import { sourceDefinitionSchema, sourceSchema, sourceTestResultSchema } from "@/domain/source";
import { requireReadable } from "@/domain/source-syntax";
import { actAuthorized, actInTransaction, actingProcedure, router } from "../init";
import { testSource } from "../test-source";

const sourceId = z.object({ id: z.uuid("Pick a source from the list.") });

export const sourceRouter = router({
  list: actingProcedure
    .use(actInTransaction("source.read"))
    .output(z.array(sourceSchema))
    .query(({ ctx }) => listSources(ctx.tx, ctx.orgId)),

  get: actingProcedure
    .input(sourceId)
    .use(actInTransaction("source.read"))
    .output(sourceSchema)
    .query(({ ctx, input }) => getSource(ctx.tx, ctx.orgId, input.id)),

  create: actingProcedure
    .input(sourceDefinitionSchema)
    .use(actInTransaction("source.change"))
    .output(sourceSchema)
    .mutation(async ({ ctx, input }) => {
      requireReadable(input);
      const source = await createSource(ctx.tx, ctx.orgId, input);
      await ctx.audit({ action: "source.create", subjectId: source.id, summary: `Created the source “${source.name}”` });
      return source;
    }),

  update: actingProcedure
    .input(sourceId.extend({ definition: sourceDefinitionSchema, enabled: z.boolean() }))
    .use(actInTransaction("source.change"))
    .output(sourceSchema)
    .mutation(async ({ ctx, input: { id, ...update } }) => {
      requireReadable(update.definition, "definition.");
      const { source, before } = await updateSource(ctx.tx, ctx.orgId, id, update);
      const changes = changesBetween(before, source, ["name", "kind", "url", "config", "enabled", "quarantinedAt"]);
      await ctx.audit({ action: "source.update", subjectId: id, summary: `Changed the source “${source.name}”`, changes });
      return source;
    }),

  liftQuarantine: actingProcedure
    .input(z.object({ sourceId: sourceId.shape.id }))
    .use(actInTransaction("source.change"))
    .output(sourceSchema)
    .mutation(async ({ ctx, input }) => {
      const { source, lifted } = await liftQuarantine(ctx.tx, ctx.orgId, input.sourceId);
      if (lifted) {
        await ctx.audit({ action: "source.liftQuarantine", subjectId: source.id, summary: `Lifted the quarantine of the source “${source.name}”` });
      }
      return source;
    }),

  remove: actingProcedure
    .input(sourceId)
    .use(actInTransaction("source.change"))
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx, input: { id } }) => {
      const source = await removeSource(ctx.tx, ctx.orgId, id);
      await ctx.audit({ action: "source.remove", subjectId: id, summary: `Deleted the source “${source.name}” and its ${source.itemCount} items` });
      return { removed: true };
    }),

  test: actingProcedure
    .input(z.object({ definition: sourceDefinitionSchema }))
    .use(actAuthorized("source.test"))
    .output(sourceTestResultSchema)
    .mutation(({ ctx, input, signal }) => testSource(ctx.db, ctx.caller.organizationId, input.definition, signal)),
});
