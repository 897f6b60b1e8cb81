import { z } from "zod";
import { ROLES } from "./roles";
import { timeZoneSchema } from "./schedule";

export const organizationNameSchema = z.string().trim().min(1, "Enter a name for your organization.").max(120, "Keep the name under 120 characters.");

/** What a person states about a new organization. */
export const organizationDefinitionSchema = z.object({ name: organizationNameSchema, timeZone: timeZoneSchema });
export type OrganizationDefinition = z.infer<typeof organizationDefinitionSchema>;

export const organizationRenameSchema = organizationDefinitionSchema.pick({ name: true });
export type OrganizationName = z.infer<typeof organizationRenameSchema>;

/** An organization that a person belongs to. */
export const ownOrganizationSchema = z.object({ id: z.uuid(), name: z.string(), role: z.enum(ROLES).nullable() });
export type OwnOrganization = z.infer<typeof ownOrganizationSchema>;
