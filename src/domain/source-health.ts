import type { Source } from "./source";

/** True when a source is in quarantine, or when it is on and its last collection failed: something for a person to look at. */
export function isFailing({ enabled, consecutiveFailures, quarantinedAt }: Pick<Source, "enabled" | "consecutiveFailures" | "quarantinedAt">): boolean {
  return quarantinedAt !== null || (enabled && consecutiveFailures > 0);
}
