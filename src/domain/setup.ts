import { z } from "zod";
import { organizationNameSchema } from "./organization";
import { timeZoneSchema } from "./schedule";

export const MINIMUM_PASSWORD_LENGTH = 10;

export const personNameSchema = z.string().trim().min(1, "Enter your name.").max(120, "Keep the name under 120 characters.");

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "Keep the address under 255 characters.")
  .pipe(z.email("Enter an e-mail address, for instance ada@example.org."));

export const newPasswordSchema = z
  .string()
  .min(MINIMUM_PASSWORD_LENGTH, `Use at least ${MINIMUM_PASSWORD_LENGTH} characters.`)
  .max(128, "Use at most 128 characters.");

/** What the first person states to claim an installation. The form and the router share it. */
export const setupClaimSchema = z.object({
  token: z.string().trim().min(1, "Open the set-up link that Milkrun printed when it started.").max(200, "This is no set-up token."),
  name: personNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
  organizationName: organizationNameSchema,
  timeZone: timeZoneSchema,
  /** Adds a preset of sources that Milkrun serves itself, whose content changes with time. */
  samples: z.boolean(),
});
export type SetupClaim = z.infer<typeof setupClaimSchema>;
