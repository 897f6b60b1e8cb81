import type { ClockStyle } from "@/domain/preferences";
import { sameTimeZone, timeZoneCity } from "@/domain/time-zone";
import { formatDuration } from "@/ui/time/duration";
import { formatClockWithSeconds, formatDay, sameClock } from "@/ui/time/zoned-time";

interface CaptionedRuns {
  rows: readonly { at: Date; startsAt: Date }[];
  timeZone: string;
  /** The reader's; null where it is not known. */
  viewerZone: string | null;
  /** Where the rows begin; null: now. */
  from: Date | null;
  now: Date;
  clockStyle: ClockStyle;
}

/** What stands above the runs: whose clocks they are on, from which day on, and how much later than their times they start. */
export function nextRunsCaption({ rows, timeZone, viewerZone, from, now, clockStyle }: CaptionedRuns): string {
  const beginning = from && `From ${formatDay(from, timeZone, now)}.`;
  return [zonesSentence(rows, timeZone, viewerZone), beginning, rows[0] && spreadSentence(rows[0], timeZone, clockStyle)].filter(Boolean).join(" ");
}

function zonesSentence(rows: CaptionedRuns["rows"], timeZone: string, viewerZone: string | null): string {
  const times = `Times in ${timeZoneCity(timeZone)}`;
  if (viewerZone === null) return `${times}.`;
  if (sameTimeZone(viewerZone, timeZone)) return `${times}, which is your time.`;
  const isSame = rows.every(({ at }) => sameClock(at, timeZone, viewerZone));
  return `${times}, ${isSame ? "the same as yours" : "and for you"} in ${timeZoneCity(viewerZone)}.`;
}

/** How much later than its time every run starts; empty where there is no spread. */
function spreadSentence({ at, startsAt }: CaptionedRuns["rows"][number], timeZone: string, clockStyle: ClockStyle): string {
  const laterMs = startsAt.getTime() - at.getTime();
  if (laterMs === 0) return "";
  return `Each starts ${formatDuration(laterMs)} later, the first at ${formatClockWithSeconds(startsAt, timeZone, clockStyle)}: your organization's share of the spread.`;
}
