import type { TimelineRow, TimelineRun, TimelineWindow } from "@/domain/run-timeline";
import { formatDuration } from "@/ui/time/duration";
import { formatClock, formatDay, formatDayAndClock } from "@/ui/time/zoned-time";
import { RUN_STATUS_LOOKS } from "./run-status-badge";
import { elapsedMs, missedWords } from "./run-words";

export const WINDOW_WORDS: Record<TimelineWindow, string> = { day: "24 hours", week: "7 days" };

/** What a bar says when it is focused or pointed at: "Run 12, Succeeded, Tue 24 Nov, 07:00, 3 min 5 s". The words around it name the zone. */
export function barWords(run: TimelineRun, timeZone: string, now: Date): string {
  const at = run.startedAt ?? run.slotAt ?? run.queuedAt;
  const took = elapsedMs(run, now);
  const details = [missedWords(run.missedCount), took !== null && formatDuration(took), run.presetName];
  return [`Run ${run.number}`, RUN_STATUS_LOOKS[run.status].word, formatDayAndClock(at, timeZone, now), ...details].filter(Boolean).join(", ");
}

/** What stands before a row: "Tue 14:00", or "Tue 24 Nov". */
export function rowLabel({ startsAt }: TimelineRow, window: TimelineWindow, timeZone: string, now: Date): string {
  const day = formatDay(startsAt, timeZone, now);
  return window === "week" ? day : `${day.slice(0, 3)} ${formatClock(startsAt, timeZone)}`;
}

/** Under the rows: minutes of an hour, or hours of a day. */
export const AXES: Record<TimelineWindow, readonly string[]> = { day: [":00", ":15", ":30", ":45"], week: ["00:00", "06:00", "12:00", "18:00"] };
