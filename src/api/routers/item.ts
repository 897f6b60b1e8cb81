import { z } from "zod";
import { listItemChanges } from "@/db/item-changes";
import { countItems } from "@/db/item-count";
import { listItems } from "@/db/items";
import { itemConditionsSchema, itemFilterSchema, itemPageSchema } from "@/domain/item";
import { itemChangeSchema } from "@/domain/item-change";
import { actInTransaction, actingProcedure, router } from "../init";

export const itemRouter = router({
  list: actingProcedure
    .input(itemFilterSchema)
    .use(actInTransaction("item.read"))
    .output(itemPageSchema)
    .query(({ ctx, input }) => listItems(ctx.tx, ctx.orgId, input)),

  /** How many match, counted to the end; null where that takes too long, as with a search. */
  count: actingProcedure
    .input(itemConditionsSchema)
    .use(actInTransaction("item.read"))
    .output(z.object({ total: z.int().nullable() }))
    .query(async ({ ctx, input }) => ({ total: await countItems(ctx.tx, ctx.orgId, input) })),

  changes: actingProcedure
    .input(z.object({ itemId: z.string().regex(/^[0-9]{1,18}$/, "Pick an item from the list.") }))
    .use(actInTransaction("item.read"))
    .output(z.array(itemChangeSchema))
    .query(({ ctx, input }) => listItemChanges(ctx.tx, ctx.orgId, input.itemId)),
});
