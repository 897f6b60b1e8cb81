import { z } from "zod";
import { changesBetween } from "@/db/audit";
import type { Database } from "@/db/client";
import type { SourceEditor } from "@/db/source-headers";
import { createSourceWithHeaders, getCountedSource, liftQuarantine, listSources, removeSource, updateSource } from "@/db/sources";
import type { Actor } from "@/domain/actor";
import { addressCheckResultSchema, addressCheckSchema } from "@/domain/address-check";
import { countedSourceSchema, newSourceSchema, seenRevisionSchema, sourceDefinitionSchema, sourceSchema } from "@/domain/source";
import { describeHeaderChanges, sourceHeadersInputSchema } from "@/domain/source-header";
import { requireReadable } from "@/domain/source-syntax";
import { sourceTestResultSchema } from "@/domain/source-test";
import { actAuthorized, actInTransaction, actingProcedure, router } from "../init";
import { checkAddress, testSource } from "../test-source";
import { manySourcesProcedures } from "./many-sources";

const sourceId = z.object({ id: z.uuid("Pick a source from the list.") });
/** Left out, the source keeps the headers that it has. */
const headers = sourceHeadersInputSchema.optional();

function editorOf({ db, actor }: { db: Database; actor: Actor }): SourceEditor {
  return { userId: actor.id, keys: db.keys };
}

/** What was done to the source, in one sentence. */
const summarize = (done: string, headerChanges: string[]) => [done, ...headerChanges].join(", ");

export const sourceRouter = router({
  ...manySourcesProcedures,

  list: actingProcedure
    .use(actInTransaction("source.read"))
    .output(z.array(sourceSchema))
    .query(({ ctx }) => listSources(ctx.tx, ctx.orgId)),

  get: actingProcedure
    .input(sourceId)
    .use(actInTransaction("source.read"))
    .output(countedSourceSchema)
    .query(({ ctx, input }) => getCountedSource(ctx.tx, ctx.orgId, input.id)),

  create: actingProcedure
    .input(newSourceSchema)
    .use(actInTransaction("source.change"))
    .output(sourceSchema)
    .mutation(async ({ ctx, input: { headers: wanted, ...definition } }) => {
      requireReadable(definition);
      const source = await createSourceWithHeaders(ctx.tx, ctx.orgId, { definition, headers: wanted }, editorOf(ctx));
      const set = describeHeaderChanges({ set: source.headers.map(({ name }) => name), replaced: [], removed: [] });
      const permission = source.config.ignoreRobots ? ", which ignores robots.txt" : "";
      await ctx.audit({ action: "source.create", subjectId: source.id, summary: summarize(`Created the source “${source.name}”${permission}`, set) });
      return source;
    }),

  update: actingProcedure
    .input(sourceId.extend({ definition: sourceDefinitionSchema, enabled: z.boolean(), headers, revision: seenRevisionSchema }))
    .use(actInTransaction("source.change"))
    .output(sourceSchema)
    .mutation(async ({ ctx, input: { id, ...update } }) => {
      requireReadable(update.definition, "definition.");
      const { source, before, headerChanges } = await updateSource(ctx.tx, ctx.orgId, id, update, editorOf(ctx));
      const changes = changesBetween(before, source, ["name", "kind", "url", "config", "enabled", "quarantinedAt"]);
      const summary = summarize(`Changed the source “${source.name}”`, describeHeaderChanges(headerChanges));
      await ctx.audit({ action: "source.update", subjectId: id, summary, changes });
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

  check: actingProcedure
    .input(addressCheckSchema.pick({ url: true }))
    .use(actAuthorized("source.test"))
    .output(addressCheckResultSchema)
    .mutation(({ ctx, input: { url }, signal }) => checkAddress(ctx.db, ctx.caller.organizationId, url, signal)),

  test: actingProcedure
    .input(z.object({ definition: sourceDefinitionSchema, sourceId: sourceId.shape.id.optional(), headers }))
    .use(actAuthorized("source.test"))
    .output(sourceTestResultSchema)
    .mutation(({ ctx, input: { headers: wanted, ...input }, signal }) => testSource(ctx.db, ctx.caller.organizationId, { ...input, wanted }, signal)),
});
