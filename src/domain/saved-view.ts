import { z } from "zod";
import { itemConditionsSchema } from "./item";

/** Views that an organization keeps at most: a menu of more is no help. */
export const MOST_SAVED_VIEWS = 100;

const viewName = z.string().trim().min(1, "Give the view a name.").max(80, "Keep the name under 80 characters.");

/** What is saved as a view. A view that filters nothing would be the page itself. */
const viewFilter = itemConditionsSchema.refine((filter) => Object.values(filter).some(Boolean), "Filter the items first. Then save what you see as a view.");

/** What a person states about a view. */
export const savedViewDefinitionSchema = z.object({ name: viewName, filter: viewFilter });
export type SavedViewDefinition = z.infer<typeof savedViewDefinitionSchema>;

/** Another name, another filter, or both; what is left out stays. */
export const savedViewChangeSchema = z.object({ name: viewName.optional(), filter: viewFilter.optional() });
export type SavedViewChange = z.infer<typeof savedViewChangeSchema>;

/** A filter of items that an organization keeps under a name, for everybody in it. */
export const savedViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  filter: itemConditionsSchema,
  /** Null once the person has left, and where an API key did it. */
  createdByName: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type SavedView = z.infer<typeof savedViewSchema>;
