import type { Preset, PresetDefinition } from "@/domain/preset";

/** The form of a preset; null: of a new one. */
export function presetFormOf(preset: Preset | null): Required<PresetDefinition> {
  const sources = preset?.sources ?? [];
  return {
    name: preset?.name ?? "",
    sourceIds: sources.map(({ id }) => id),
    offSourceIds: sources.flatMap(({ id, enabledHere }) => (enabledHere ? [] : id)),
  };
}

/** What a copy is called: as it was typed or, where the name is still that of the original, "Morning (copy)". */
export function copyName(typed: string, original: string | undefined): string {
  return typed.trim() === original ? `${original} (copy)` : typed;
}
