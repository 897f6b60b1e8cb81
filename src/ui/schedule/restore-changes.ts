import type { Changes } from "@/domain/audit";
import type { Preset } from "@/domain/preset";
import type { Schedule } from "@/domain/schedule";
import type { RestorableSettings } from "@/domain/schedule-history";

const FIELDS = ["cronExpression", "timeZone", "missedPolicy", "runLimitMs", "spreadMs"] as const;

/** What restoring these settings would change of the schedule as it is now. Nothing of it is about being on, off or paused. */
export function restoreChanges(schedule: Schedule, then: RestorableSettings, presets: readonly Pick<Preset, "id" | "name">[]): Changes {
  const changes: Changes = {};
  for (const field of FIELDS) if (schedule[field] !== then[field]) changes[field] = { from: schedule[field], to: then[field] };
  const nameOf = (id: string | null) => presets.find((preset) => preset.id === id)?.name ?? null;
  if (schedule.presetId !== then.presetId) changes.preset = { from: nameOf(schedule.presetId), to: nameOf(then.presetId) ?? then.presetName };
  return changes;
}
