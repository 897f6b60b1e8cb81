import { z } from "zod";

/** How many sources can be chosen at once. */
export const MOST_CHOSEN = 5_000;

/** The sources that somebody chose from a list. */
export const chosenSourcesSchema = z
  .array(z.uuid("Pick sources from the list."))
  .min(1, "Choose at least one source.")
  .max(MOST_CHOSEN, "Choose at most 5,000 sources.");

/** What became of one source of those that were chosen. */
export const sourceOutcomeSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** `unchanged`: it was that way already. */
  outcome: z.enum(["done", "unchanged", "refused"]),
  /** Why it was refused; null otherwise. */
  reason: z.string().nullable(),
});
export type SourceOutcome = z.infer<typeof sourceOutcomeSchema>;

/** Why nothing was done with a source that was deleted meanwhile. */
export const SOURCE_GONE = "This source no longer exists.";

/** What hangs on a source. */
export const sourceDependentsSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  itemCount: z.int(),
  presets: z.array(z.object({ id: z.uuid(), name: z.string(), usedBySchedule: z.boolean() })),
});
export type SourceDependents = z.infer<typeof sourceDependentsSchema>;

/** Why a source that presets hold is not deleted: "Used in 2 presets: …", and the way out. */
export function inUseReason(presets: readonly { name: string }[]): string {
  const names = presets.map(({ name }) => `“${name}”`).join(", ");
  return `Used in ${presets.length === 1 ? "1 preset" : `${presets.length} presets`}: ${names}. Take it out there first.`;
}
