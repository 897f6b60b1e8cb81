import type { Source } from "@/domain/source";

/** Whether the next run collects a source as it is now, or what keeps it from that. */
export function collectionWords(source: Pick<Source, "presets" | "enabled" | "quarantinedAt">): string {
  if (source.presets.length === 0) return "It is in no preset yet, so no run collects it. Add it to one under Presets.";
  if (source.presets.every(({ enabledHere }) => !enabledHere)) return "It is off in its presets, so runs leave it out.";
  if (!source.enabled) return "It is off, so runs leave it out.";
  return source.quarantinedAt ? "It is in quarantine, so runs leave it out." : "The next run collects it this way.";
}
