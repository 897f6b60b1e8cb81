import { z } from "zod";
import { countExported } from "@/db/item-export";
import { cancelExport, listExports, removeExport, startExport } from "@/db/large-exports";
import { systemClock } from "@/domain/clock";
import { exportColumnNames } from "@/domain/export-table";
import { itemConditionsSchema } from "@/domain/item";
import { exportFileName, itemExportQuerySchema } from "@/domain/item-export";
import { largeExportSchema } from "@/domain/large-export";
import { actInTransaction, actingProcedure, router } from "../init";

const exportId = z.object({ id: z.uuid("Pick an export from the list.") });

/** Large exports: files that a worker writes. Smaller ones are sent at once by `GET /api/items/export`. */
export const exportRouter = router({
  /** How many items match, counted to the last, and which columns they have. */
  scope: actingProcedure
    .input(itemConditionsSchema)
    .use(actInTransaction("item.read"))
    .output(z.object({ total: z.int(), columns: z.array(z.string()) }))
    .query(async ({ ctx, input }) => {
      const { total, fieldNames } = await countExported(ctx.tx, ctx.orgId, input);
      return { total, columns: exportColumnNames(fieldNames) };
    }),

  list: actingProcedure
    .use(actInTransaction("item.read"))
    .output(z.array(largeExportSchema))
    .query(({ ctx }) => listExports(ctx.tx, ctx.orgId)),

  start: actingProcedure
    .input(itemExportQuerySchema)
    .use(actInTransaction("item.read"))
    .output(largeExportSchema)
    .mutation(async ({ ctx, input }) => {
      const fileName = exportFileName(input, systemClock.now());
      const started = await startExport(ctx.tx, ctx.orgId, { query: input, fileName, createdById: ctx.actor.id });
      await ctx.audit({ action: "export.start", subjectId: started.id, summary: `Started the export ${fileName}` });
      return started;
    }),

  cancel: actingProcedure
    .input(exportId)
    .use(actInTransaction("item.read"))
    .output(largeExportSchema)
    .mutation(async ({ ctx, input }) => {
      const { export: found, cancelled } = await cancelExport(ctx.tx, ctx.orgId, input.id);
      if (cancelled) await ctx.audit({ action: "export.cancel", subjectId: found.id, summary: `Cancelled the export ${found.fileName}` });
      return found;
    }),

  remove: actingProcedure
    .input(exportId)
    .use(actInTransaction("item.read"))
    .output(z.object({ removed: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      const { id, fileName } = await removeExport(ctx.tx, ctx.orgId, input.id);
      await ctx.audit({ action: "export.remove", subjectId: id, summary: `Deleted the exported file ${fileName}` });
      return { removed: true };
    }),
});
