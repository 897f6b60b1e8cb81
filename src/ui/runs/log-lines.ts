import { formatLocalDate } from "@/domain/format-time";
import type { RunEvent, RunEventLevel } from "@/domain/run-event";
import { offsetMsAt, timeZoneCity } from "@/domain/time-zone";

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

/** "07:00:03" on the zone's clock. */
export function logClock(at: Date, timeZone: string): string {
  return new Date(localMs(at, timeZone)).toISOString().slice(11, 19);
}

function localMs(at: Date, timeZone: string): number {
  return at.getTime() + offsetMsAt(timeZone, at);
}

/** Lines as text, to be kept or sent: each with its full time, its level and what it is about. */
export function logText(events: readonly RunEvent[], { runNumber, timeZone }: { runNumber: number; timeZone: string }): string {
  const line = ({ at, level, sourceName, message }: RunEvent) => {
    const day = formatLocalDate(localMs(at, timeZone), true);
    return `${day}, ${logClock(at, timeZone)}  ${level.toUpperCase().padEnd(7)}  ${sourceName === null ? "" : `${sourceName}: `}${message}`;
  };
  return `Run ${runNumber}. Times are ${timeZoneCity(timeZone)} time.\n${events.map(line).join("\n")}\n`;
}
