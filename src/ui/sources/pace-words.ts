import { type Pace, statedPauseMs } from "@/domain/pace";
import type { SourceKind } from "@/domain/source";
import { formatDuration } from "@/ui/time/duration";

/** "This feed asks to be read at most every 2 h.", or null where it asks for nothing. */
export function paceWords(kind: SourceKind, pace: Pace | null): string | null {
  const pauseMs = pace && statedPauseMs(pace);
  const skips = (pace?.skipHours ?? pace?.skipDays) !== undefined;
  const wishes = [
    ...(pauseMs ? [`to be read at most every ${formatDuration(pauseMs)}`] : []),
    ...(skips ? ["to be left alone at some hours or on some days"] : []),
  ];
  return wishes.length === 0 ? null : `${kind === "feed" ? "This feed" : "The site of this source"} asks ${wishes.join(", and ")}.`;
}
