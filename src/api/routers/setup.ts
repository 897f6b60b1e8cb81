import { z } from "zod";
import { claimWithToken } from "@/auth/claim";
import { isClaimed } from "@/db/setup";
import { setupClaimSchema } from "@/domain/setup";
import { publicProcedure, router } from "../init";

export const setupRouter = router({
  status: publicProcedure.output(z.object({ claimed: z.boolean() })).query(async ({ ctx }) => ({ claimed: await isClaimed(ctx.db.system) })),

  claim: publicProcedure
    .input(setupClaimSchema)
    .output(z.object({ organizationId: z.uuid() }))
    .mutation(({ ctx, input }) => claimWithToken(ctx.db, input, { clientAddress: ctx.clientAddress, baseUrl: ctx.settings.baseUrl })),
});
