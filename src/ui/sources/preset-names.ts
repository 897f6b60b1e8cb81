import type { PresetOfSource } from "@/domain/source";

/** "Morning, Evening (off)" */
export function presetNames(presets: readonly PresetOfSource[]): string {
  return presets.map(({ name, enabledHere }) => (enabledHere ? name : `${name} (off)`)).join(", ");
}
