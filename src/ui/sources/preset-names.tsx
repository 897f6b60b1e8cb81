import type { PresetOfSource } from "@/domain/source";
import { NameList } from "@/ui/display/name-list";

/** "Morning, Evening (off)" */
export function PresetNames({ presets }: { presets: readonly PresetOfSource[] }) {
  return <NameList names={presets.map(({ id, name, enabledHere }) => ({ id, name, note: enabledHere ? "" : " (off)" }))} />;
}
