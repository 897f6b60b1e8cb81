import { z } from "zod";
import { presetLoadSchema } from "./preset-load";

/** How many sources a preset holds. */
export const MOST_SOURCES = 1_000;

export const presetNameSchema = z.string().trim().min(1, "Give the preset a name.").max(120, "Keep the name under 120 characters.");

/** What a person states about a preset: its name and its sources, in order. */
export const presetDefinitionSchema = z.object({
  name: presetNameSchema,
  sourceIds: z
    .array(z.uuid())
    .max(MOST_SOURCES, "A preset holds at most 1,000 sources.")
    .refine((ids) => new Set(ids).size === ids.length, "Each source can be in a preset once."),
  /** Those of them that are switched off in this preset. Left out, those stay off that are. */
  offSourceIds: z.array(z.uuid()).max(MOST_SOURCES).optional(),
});
export type PresetDefinition = z.infer<typeof presetDefinitionSchema>;

export const presetSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  sources: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      url: z.string(),
      /** Switched on at all, in whatever preset. */
      enabled: z.boolean(),
      /** Switched on in this preset. */
      enabledHere: z.boolean(),
      failing: z.boolean(),
    }),
  ),
  load: presetLoadSchema,
  usedBySchedule: z.boolean(),
  lastSuccessAt: z.date().nullable(),
  /** Another one once a person has changed the preset. */
  revision: z.string(),
});
export type Preset = z.infer<typeof presetSchema>;
