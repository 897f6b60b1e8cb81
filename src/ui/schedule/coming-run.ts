import { formatLocalClock } from "@/domain/format-time";
import type { Schedule } from "@/domain/schedule";
import { offsetMsAt } from "@/domain/time-zone";

/** A run to come. */
export interface ComingRun {
  /** Its slot. */
  at: Date;
  /** Later than the slot by the organization's share of the spread. */
  startsAt: Date;
}

/** The run that comes next, the one that is left out not counted; null when none is planned. */
export function comingRun({ nextRunAt, dueAt, skipSlotAt, slotAfterSkipAt }: Schedule): ComingRun | null {
  if (!nextRunAt || !dueAt) return null;
  const isLeftOut = skipSlotAt?.getTime() === nextRunAt.getTime();
  const at = isLeftOut ? slotAfterSkipAt : nextRunAt;
  return at && { at, startsAt: new Date(at.getTime() + dueAt.getTime() - nextRunAt.getTime()) };
}

/** "07:03:12" on the zone's clock. */
export function clockWithSeconds(at: Date, timeZone: string): string {
  const localMs = at.getTime() + offsetMsAt(timeZone, at);
  const second = Math.floor(localMs / 1000) - Math.floor(localMs / 60_000) * 60;
  return `${formatLocalClock(localMs)}:${String(second).padStart(2, "0")}`;
}
