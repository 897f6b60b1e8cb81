import { listItems } from "@/db/items";
import { itemFilterSchema, itemPageSchema } from "@/domain/item";
import { inTransaction, router, signedInProcedure } from "../init";

export const itemRouter = router({
  list: signedInProcedure
    .input(itemFilterSchema)
    .use(inTransaction("item.read"))
    .output(itemPageSchema)
    .query(({ ctx, input }) => listItems(ctx.tx, ctx.orgId, input)),
});
