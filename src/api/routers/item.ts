import { listItems } from "@/db/items";
import { itemFilterSchema, itemPageSchema } from "@/domain/item";
import { actInTransaction, actingProcedure, router } from "../init";

export const itemRouter = router({
  list: actingProcedure
    .input(itemFilterSchema)
    .use(actInTransaction("item.read"))
    .output(itemPageSchema)
    .query(({ ctx, input }) => listItems(ctx.tx, ctx.orgId, input)),
});
