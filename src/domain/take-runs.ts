import type { TurnsUse } from "./fair-turns";

/**
 * A process with more who wait for each of its places takes no further run: all would come to their time limits together, each with a part of
 * its sources, where in the queue the last ones only begin later.
 */
const MOST_WAITING_PER_PLACE = 4;

/** When a process takes the next run: at once, when no other process has taken it within a moment, or when it has less to do. */
export type Taking = "at_once" | "after_others" | "later";

/** Decides it from who waits for a place at the collecting. Runs that wait for their sites have no part in it, however many they are. */
export function planTaking({ size, waiting }: TurnsUse): Taking {
  if (waiting === 0) return "at_once";
  return waiting < size * MOST_WAITING_PER_PLACE ? "after_others" : "later";
}
