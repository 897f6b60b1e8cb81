import type { Schedule } from "@/domain/schedule";

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
