import { z } from "zod";
import { presetLoadSchema } from "./preset-load";

/** What a person states about a preset: its name and its sources, in order. */
export const presetDefinitionSchema = z.object({
  name: z.string().trim().min(1, "Give the preset a name.").max(120, "Keep the name under 120 characters."),
  sourceIds: z
    .array(z.uuid())
    .max(1000, "A preset holds at most 1,000 sources.")
    .refine((ids) => new Set(ids).size === ids.length, "Each source can be in a preset once."),
});
export type PresetDefinition = z.infer<typeof presetDefinitionSchema>;

export const presetSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  sources: z.array(z.object({ id: z.uuid(), name: z.string(), url: z.string(), enabled: z.boolean(), failing: z.boolean() })),
  load: presetLoadSchema,
  usedBySchedule: z.boolean(),
  lastSuccessAt: z.date().nullable(),
});
export type Preset = z.infer<typeof presetSchema>;
