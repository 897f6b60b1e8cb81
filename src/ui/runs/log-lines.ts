import { formatLocalDate } from "@/domain/format-time";
import type { ClockStyle } from "@/domain/preferences";
import type { RunEvent, RunEventLevel } from "@/domain/run-event";
import { offsetMsAt, timeZoneCity } from "@/domain/time-zone";
import { formatClockWithSeconds } from "@/ui/time/zoned-time";

/** What of a run's log is shown. */
export interface LogView {
  /** A source's id, `run` for the lines about the run as a whole; null shows both. */
  source: string | null;
  level: "all" | "warnings" | "errors";
}

export const WHOLE_LOG: LogView = { source: null, level: "all" };

const LEVELS: Record<LogView["level"], readonly RunEventLevel[]> = { all: ["info", "warning", "error"], warnings: ["warning", "error"], errors: ["error"] };

export function filterLog(events: readonly RunEvent[], { source, level }: LogView): readonly RunEvent[] {
  if (source === null && level === "all") return events;
  const isAbout = ({ sourceId }: RunEvent) => source === null || (source === "run" ? sourceId === null : sourceId === source);
  return events.filter((event) => isAbout(event) && LEVELS[level].includes(event.level));
}

/** A log's, whoever reads it: its times stand in a column and are compared with other logs'. */
export const LOG_CLOCK: ClockStyle = "24h";

/** Lines as text, to be kept or sent: each with its full time, its level and what it is about. */
export function logText(events: readonly RunEvent[], { runNumber, timeZone }: { runNumber: number; timeZone: string }): string {
  const line = ({ at, level, sourceName, message }: RunEvent) => {
    const day = formatLocalDate(at.getTime() + offsetMsAt(timeZone, at), true);
    return `${day}, ${formatClockWithSeconds(at, timeZone, LOG_CLOCK)}  ${level.toUpperCase().padEnd(7)}  ${sourceName === null ? "" : `${sourceName}: `}${message}`;
  };
  return `Run ${runNumber}. Times are ${timeZoneCity(timeZone)} time.\n${events.map(line).join("\n")}\n`;
}
