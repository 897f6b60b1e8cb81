import { z } from "zod";
import { makeApiKey } from "@/auth/api-key";
import { createApiKey, listApiKeys, replaceApiKey, revokeApiKey } from "@/db/api-keys";
import { changesBetween } from "@/db/audit";
import { type ApiKey, apiKeySchema, issuedApiKeySchema, newApiKeySchema } from "@/domain/api-key";
import { formatInCity } from "@/domain/format-time";
import { inTransaction, router, signedInProcedure } from "../init";

const keyId = z.object({ id: z.uuid("Pick an API key from the list.") });

/** For people only: no key makes or ends another. */
export const apiKeyRouter = router({
  list: signedInProcedure
    .use(inTransaction("apiKey.manage"))
    /** With the address that programs call. */
    .output(z.object({ baseUrl: z.string(), keys: z.array(apiKeySchema) }))
    .query(async ({ ctx }) => ({ baseUrl: ctx.settings.baseUrl, keys: await listApiKeys(ctx.tx, ctx.orgId) })),

  create: signedInProcedure
    .input(newApiKeySchema)
    .use(inTransaction("apiKey.manage"))
    .output(issuedApiKeySchema)
    .mutation(async ({ ctx, input }) => {
      const { token, stored } = makeApiKey();
      const key = await createApiKey(ctx.tx, ctx.orgId, input, { ...stored, createdById: ctx.session.userId });
      const changes = changesBetween<Pick<ApiKey, "scopes" | "expiresAt">>(null, key, ["scopes", "expiresAt"]);
      await ctx.audit({ action: "apiKey.create", subjectId: key.id, summary: `Created the API key ${named(key)}`, changes });
      return { key, token };
    }),

  rotate: signedInProcedure
    .input(keyId)
    .use(inTransaction("apiKey.manage"))
    .output(issuedApiKeySchema)
    .mutation(async ({ ctx, input }) => {
      const { token, stored } = makeApiKey();
      const { key, old } = await replaceApiKey(ctx.tx, ctx.orgId, input.id, { ...stored, createdById: ctx.session.userId });
      const until = old.expiresAt ? `; the old one works until ${formatInCity(old.expiresAt, ctx.member.organization.timeZone)}` : "";
      const changes = changesBetween<Pick<ApiKey, "prefix" | "expiresAt">>(old, key, ["prefix", "expiresAt"]);
      await ctx.audit({ action: "apiKey.rotate", subjectId: key.id, summary: `Replaced the API key ${named(old)} by ${key.prefix}${until}`, changes });
      return { key, token };
    }),

  revoke: signedInProcedure
    .input(keyId)
    .use(inTransaction("apiKey.manage"))
    .output(apiKeySchema)
    .mutation(async ({ ctx, input }) => {
      const { key, revoked } = await revokeApiKey(ctx.tx, ctx.orgId, input.id);
      const changes = changesBetween<Pick<ApiKey, "revokedAt">>({ revokedAt: null }, key, ["revokedAt"]);
      if (revoked) await ctx.audit({ action: "apiKey.revoke", subjectId: key.id, summary: `Revoked the API key ${named(key)}`, changes });
      return key;
    }),
});

function named({ name, prefix }: ApiKey): string {
  return `“${name}” (${prefix})`;
}
