import { z } from "zod";
import { emailSchema, newPasswordSchema, personNameSchema } from "./setup";

/** How long a password reset link works: 30 minutes. */
export const RESET_LINK_VALID_MS = 1_800_000;

export const accountNameSchema = z.object({ name: personNameSchema });

export const passwordChangeSchema = z.object({
  currentPassword: z.string().min(1, "Enter the password that you have now.").max(128, "That is not your password."),
  newPassword: newPasswordSchema,
});
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

export const resetRequestSchema = z.object({ email: emailSchema });

export const passwordResetSchema = z.object({ token: z.string().max(200, "This is no reset link."), password: newPasswordSchema });
export type PasswordReset = z.infer<typeof passwordResetSchema>;

export const accountSessionSchema = z.object({
  id: z.uuid(),
  /** As the browser named itself; null when it did not. */
  userAgent: z.string().nullable(),
  /** Of IPv6 the network only. */
  address: z.string().nullable(),
  createdAt: z.date(),
  /** To within a quarter of an hour. */
  lastUsedAt: z.date(),
  /** The session that asks. */
  isCurrent: z.boolean(),
});
export type AccountSession = z.infer<typeof accountSessionSchema>;
