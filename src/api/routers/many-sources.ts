import { z } from "zod";
import { importSources } from "@/db/import-sources";
import { findDependents, removeSources, setEnabled } from "@/db/source-bulk";
import { exportOpml } from "@/db/source-opml";
import { listSourceIds, listSourcePage } from "@/db/source-page";
import { nameList } from "@/domain/name-list";
import { chosenSourcesSchema, type SourceOutcome, sourceDependentsSchema, sourceOutcomeSchema } from "@/domain/source-bulk";
import { importResultSchema, sourceImportSchema } from "@/domain/source-import";
import { sourceMatchSchema, sourcePageInputSchema, sourcePageSchema } from "@/domain/source-page";
import { actInTransaction, actingProcedure } from "../init";

const chosenSources = z.object({ ids: chosenSourcesSchema });

function doneNames(outcomes: readonly SourceOutcome[]): string[] {
  return outcomes.flatMap(({ outcome, name }) => (outcome === "done" ? name : []));
}

/** What there is of many sources at once: the paged list, what can be done with those that are chosen, and lists that come in and go out. */
export const manySourcesProcedures = {
  page: actingProcedure
    .input(sourcePageInputSchema)
    .use(actInTransaction("source.read"))
    .output(sourcePageSchema)
    .query(({ ctx, input }) => listSourcePage(ctx.tx, ctx.orgId, input)),

  ids: actingProcedure
    .input(sourceMatchSchema)
    .use(actInTransaction("source.read"))
    .output(z.array(z.uuid()))
    .query(({ ctx, input }) => listSourceIds(ctx.tx, ctx.orgId, input)),

  // A mutation for its length alone: ids of thousands fit no address.
  dependents: actingProcedure
    .input(chosenSources)
    .use(actInTransaction("source.read"))
    .output(z.array(sourceDependentsSchema))
    .mutation(({ ctx, input }) => findDependents(ctx.tx, ctx.orgId, input.ids)),

  setEnabled: actingProcedure
    .input(chosenSources.extend({ enabled: z.boolean() }))
    .use(actInTransaction("source.change"))
    .output(z.array(sourceOutcomeSchema))
    .mutation(async ({ ctx, input: { ids, enabled } }) => {
      const outcomes = await setEnabled(ctx.tx, ctx.orgId, ids, enabled);
      const names = doneNames(outcomes);
      const summary = `Turned ${enabled ? "on" : "off"} ${nameList(names)}`;
      if (names.length > 0) await ctx.audit({ action: "source.setEnabled", summary, changes: { enabled: { from: !enabled, to: enabled } } });
      return outcomes;
    }),

  removeMany: actingProcedure
    .input(chosenSources)
    .use(actInTransaction("source.change"))
    .output(z.array(sourceOutcomeSchema))
    .mutation(async ({ ctx, input: { ids } }) => {
      const { outcomes, itemCount } = await removeSources(ctx.tx, ctx.orgId, ids);
      const names = doneNames(outcomes);
      if (names.length > 0) await ctx.audit({ action: "source.removeMany", summary: `Deleted ${nameList(names)} and their ${itemCount} items` });
      return outcomes;
    }),

  import: actingProcedure
    .input(sourceImportSchema)
    .use(actInTransaction("source.change"))
    .output(importResultSchema)
    .mutation(async ({ ctx, input }) => {
      const result = await importSources(ctx.tx, ctx.orgId, input);
      const added = result.outcomes.filter(({ outcome }) => outcome === "added").length;
      const into = result.preset ? ` into the preset “${result.preset.name}”` : "";
      const summary = `Imported ${added} new of ${result.outcomes.length} listed sources${into}`;
      if (added > 0 || result.preset) await ctx.audit({ action: "source.import", subjectId: result.preset?.id, summary });
      return result;
    }),

  exportOpml: actingProcedure
    .use(actInTransaction("source.read"))
    .output(z.object({ opml: z.string(), feeds: z.int(), others: z.int(), needHeaders: z.array(z.string()) }))
    .query(async ({ ctx }) => exportOpml(ctx.tx, ctx.orgId, await ctx.db.now())),
};
