import { z } from "zod";

/** What an API key may be made for. Scopes add up; none includes another. */
export const KEY_SCOPES = ["read", "run", "manage"] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** The same words for each case, so that nobody learns which keys there are. */
export const INVALID_KEY =
  "This API key is not valid: it is unknown, revoked or expired. Nothing was changed. Use another one; owners and admins make them under Settings.";

/** Lifetimes to choose from, in days. */
export const KEY_LIFETIMES = [7, 30, 90, 365] as const;
export const DEFAULT_KEY_LIFETIME = 90;
const LONGEST_LIFETIME = 3_650;

/** A key that was replaced goes on for this long, so that its programs can be given the new one. */
export const OVERLAP_HOURS = 24;

/** The form and the router share it. */
export const newApiKeySchema = z.object({
  name: z.string().trim().min(1, "Give the key a name, for instance the program that uses it.").max(100, "Keep the name under 100 characters."),
  scopes: z
    .array(z.enum(KEY_SCOPES))
    .min(1, "Choose at least one thing that the key may do.")
    .max(KEY_SCOPES.length)
    .transform((scopes) => KEY_SCOPES.filter((scope) => scopes.includes(scope))),
  /** Null: the key never expires. */
  expiresInDays: z.int().min(1, "At least 1 day.").max(LONGEST_LIFETIME, "At most 10 years.").nullable().default(DEFAULT_KEY_LIFETIME),
});
export type NewApiKey = z.infer<typeof newApiKeySchema>;

/** An API key as people see it: everything but the key. */
export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Its first characters, `mr_` and eight more. */
  prefix: z.string(),
  scopes: z.array(z.enum(KEY_SCOPES)),
  createdAt: z.date(),
  createdByName: z.string(),
  expiresAt: z.date().nullable(),
  /** Right to the minute. */
  lastUsedAt: z.date().nullable(),
  lastUsedAddress: z.string().nullable(),
  revokedAt: z.date().nullable(),
  /** Another key took its place; it works until `expiresAt`. */
  replacedAt: z.date().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** A key that was just made. `token` is the key itself, which is shown this once. */
export const issuedApiKeySchema = z.object({ key: apiKeySchema, token: z.string() });
export type IssuedApiKey = z.infer<typeof issuedApiKeySchema>;

/** Whether a program may still use the key. */
export function isUsable({ revokedAt, expiresAt }: Pick<ApiKey, "revokedAt" | "expiresAt">, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}
