import { z } from "zod";
import { changesBetween } from "@/db/audit";
import { createSavedView, listSavedViews, removeSavedView, updateSavedView } from "@/db/saved-views";
import { savedViewChangeSchema, savedViewDefinitionSchema, savedViewSchema } from "@/domain/saved-view";
import { actInTransaction, actingProcedure, router } from "../init";

const viewId = z.object({ id: z.uuid("Pick a view from the list.") });

export const viewRouter = router({
  list: actingProcedure
    .use(actInTransaction("view.read"))
    .output(z.array(savedViewSchema))
    .query(({ ctx }) => listSavedViews(ctx.tx, ctx.orgId)),

  create: actingProcedure
    .input(savedViewDefinitionSchema)
    .use(actInTransaction("view.change"))
    .output(savedViewSchema)
    .mutation(async ({ ctx, input }) => {
      const view = await createSavedView(ctx.tx, ctx.orgId, input, ctx.actor.id);
      const changes = changesBetween(null, view, ["filter"]);
      await ctx.audit({ action: "view.create", subjectId: view.id, summary: `Saved the view “${view.name}”`, changes });
      return view;
    }),

  update: actingProcedure
    .input(savedViewChangeSchema.extend(viewId.shape))
    .use(actInTransaction("view.change"))
    .output(savedViewSchema)
    .mutation(async ({ ctx, input: { id, ...change } }) => {
      const { view, before } = await updateSavedView(ctx.tx, ctx.orgId, id, change);
      const changes = changesBetween(before, view, ["name", "filter"]);
      await ctx.audit({ action: "view.update", subjectId: id, summary: `Changed the view “${view.name}”`, changes });
      return view;
    }),

  remove: actingProcedure
    .input(viewId)
    .use(actInTransaction("view.change"))
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx, input: { id } }) => {
      const view = await removeSavedView(ctx.tx, ctx.orgId, id);
      const changes = changesBetween(view, null, ["filter"]);
      await ctx.audit({ action: "view.remove", subjectId: id, summary: `Deleted the view “${view.name}”`, changes });
      return { removed: true };
    }),
});
