import { z } from "zod";
import { ROLES } from "./roles";
import { setupClaimSchema } from "./setup";

/** How long the link of an invitation works. */
export const INVITATION_HOURS = 48;

/** Whom to invite, and as what. */
export const invitationDefinitionSchema = z.object({ email: setupClaimSchema.shape.email, role: z.enum(ROLES, "Pick a role.") });
export type InvitationDefinition = z.infer<typeof invitationDefinitionSchema>;

/** An invitation that nobody has accepted yet. Its link is told once, when it is made. */
export const invitationSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  role: z.enum(ROLES),
  inviterName: z.string(),
  /** In the past for one whose link works no more. */
  expiresAt: z.date(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** How the link of a new invitation reaches the invited. */
const invitationDeliverySchema = z.discriminatedUnion("way", [
  z.object({ way: z.literal("mail") }),
  /** To be handed over by whoever invited. `problem` says why it was not mailed, null where no mail server is set up. */
  z.object({ way: z.literal("link"), url: z.string(), problem: z.string().nullable() }),
]);
export type InvitationDelivery = z.infer<typeof invitationDeliverySchema>;

/** An invitation and how its link reaches the invited. */
export const issuedInvitationSchema = z.object({ invitation: invitationSchema, delivery: invitationDeliverySchema });
export type IssuedInvitation = z.infer<typeof issuedInvitationSchema>;

export const invitationTokenSchema = z.object({ token: z.string().min(1).max(200) });

/** What the holder of a link is offered. */
export const offerSchema = z.object({
  organizationName: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  inviterName: z.string(),
  expiresAt: z.date(),
  /** The organization's. */
  timeZone: z.string(),
  /** Whether somebody has an account with this address already. */
  hasAccount: z.boolean(),
  /** The address of whoever is signed in; null without a session. */
  signedInAs: z.string().nullable(),
});
export type Offer = z.infer<typeof offerSchema>;

/** The account of somebody who has none. */
export const newAccountSchema = setupClaimSchema.pick({ name: true, password: true });
export type NewAccount = z.infer<typeof newAccountSchema>;

export const acceptanceSchema = invitationTokenSchema.extend({
  /** Left out by who is signed in. */
  account: newAccountSchema.optional(),
});
export type Acceptance = z.infer<typeof acceptanceSchema>;
