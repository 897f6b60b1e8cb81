import { timeZoneCity } from "@/domain/time-zone";
import { formatClock } from "@/ui/time/zoned-time";

/** "14:02:31 Berlin" */
export function formatCheckedAt(at: Date, timeZone: string): string {
  // Zones differ by whole minutes, so the seconds are the same everywhere.
  const seconds = String(at.getUTCSeconds()).padStart(2, "0");
  return `${formatClock(at, timeZone)}:${seconds} ${timeZoneCity(timeZone)}`;
}
