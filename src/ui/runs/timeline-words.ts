import { HOUR_MS } from "@/domain/calendar-days";
import { formatLocalClock } from "@/domain/format-time";
import type { ClockStyle } from "@/domain/preferences";
import type { TimelineRow, TimelineRun, TimelineWindow } from "@/domain/run-timeline";
import { formatDuration } from "@/ui/time/duration";
import { formatClock, formatDay, formatDayAndClock } from "@/ui/time/zoned-time";
import { runMoment } from "./run-days";
import { RUN_STATUS_LOOKS } from "./run-status-badge";
import { elapsedMs, missedWords } from "./run-words";

export const WINDOW_WORDS: Record<TimelineWindow, string> = { day: "24 hours", week: "7 days" };

/** What a bar says when it is focused or pointed at: "Run 12, Succeeded, Tue 24 Nov, 07:00, 3 min 5 s". The words around it name the zone. */
export function barWords(run: TimelineRun, timeZone: string, now: Date, clockStyle: ClockStyle): string {
  const at = run.startedAt ?? runMoment(run);
  const took = elapsedMs(run, now);
  const details = [missedWords(run.missedCount), took !== null && formatDuration(took), run.presetName];
  return [`Run ${run.number}`, RUN_STATUS_LOOKS[run.status].word, formatDayAndClock(at, timeZone, now, clockStyle), ...details].filter(Boolean).join(", ");
}

interface RowLabelling {
  window: TimelineWindow;
  timeZone: string;
  now: Date;
  clockStyle: ClockStyle;
}

/** What stands before a row: "Tue 14:00", or "Tue 24 Nov". */
export function rowLabel({ startsAt }: TimelineRow, { window, timeZone, now, clockStyle }: RowLabelling): string {
  const day = formatDay(startsAt, timeZone, now);
  return window === "week" ? day : `${day.slice(0, 3)} ${formatClock(startsAt, timeZone, clockStyle)}`;
}

/** Under the rows: minutes of an hour, or hours of a day. */
export function axisTicks(window: TimelineWindow, clockStyle: ClockStyle): readonly string[] {
  return window === "day" ? [":00", ":15", ":30", ":45"] : [0, 6, 12, 18].map((hour) => formatLocalClock(hour * HOUR_MS, clockStyle).replace(":00 ", " "));
}
