import { z } from "zod";
import { ROLES } from "@/auth/roles";
import { authorized, router, signedInProcedure } from "../init";

const meSchema = z.object({
  user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
  organization: z.object({ id: z.uuid(), name: z.string(), timeZone: z.string() }),
  role: z.enum(ROLES),
});

export const memberRouter = router({
  me: signedInProcedure
    .use(authorized("member.read"))
    .output(meSchema)
    .query(({ ctx }) => ctx.member),
});
