import { z } from "zod";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./calendar-days";

/** How often a source wants to be asked, by its own words. Hours and days are UTC's; 0 is Sunday. */
export const paceSchema = z.object({
  /** The least time between two visits, in milliseconds, as the document says: `ttl`, `sy:updatePeriod`. */
  documentMs: z.number().positive().optional(),
  /** As the answer that brought it says: `Cache-Control`, `Expires`. */
  answerMs: z.number().positive().optional(),
  skipHours: z.array(z.int().min(0).max(23)).optional(),
  skipDays: z.array(z.int().min(0).max(6)).optional(),
});
export type Pace = z.infer<typeof paceSchema>;

/** Nobody is left unasked for longer, whatever they say: a week in a feed is a mistake more often than a wish. */
const LONGEST_PAUSE_MS = DAY_MS;
/** Below it there is nothing to keep: no schedule comes back sooner. */
const SHORTEST_PAUSE_MS = MINUTE_MS;
/**
 * Who comes a little too early is let in: a run's sources are asked some seconds or minutes after its slot, each time other ones, and a
 * feed of an hour would be passed over in every second run of an hourly schedule.
 */
const TOLERATED_SHARE = 0.1;
const MOST_TOLERATED_MS = 15 * MINUTE_MS;

/** The time that the source wants to have between two visits, a day at most; null where it wants none. The longer of what it says in two places. */
export function statedPauseMs({ documentMs = 0, answerMs = 0 }: Pace): number | null {
  const stated = Math.max(documentMs, answerMs);
  return stated > SHORTEST_PAUSE_MS ? Math.min(stated, LONGEST_PAUSE_MS) : null;
}

/**
 * Until when a source that was read at `readAt` wants to be left alone; null when it may be asked now. Hours and days that it wants to be
 * left out count too, for a day after the last visit at most.
 */
export function comeBackAt(pace: Pace, readAt: Date, now: Date): Date | null {
  const pauseMs = statedPauseMs(pace) ?? 0;
  const opensAt = readAt.getTime() + pauseMs;
  const latestAt = readAt.getTime() + LONGEST_PAUSE_MS;
  const isEarly = now.getTime() < opensAt - toleratedMs(pauseMs);
  const isLeftOut = isSkipped(pace, now.getTime()) && now.getTime() < latestAt - toleratedMs(LONGEST_PAUSE_MS);
  return isEarly || isLeftOut ? new Date(Math.min(endOfSkipped(pace, Math.max(opensAt, now.getTime())), latestAt)) : null;
}

function toleratedMs(pauseMs: number): number {
  return Math.min(pauseMs * TOLERATED_SHARE, MOST_TOLERATED_MS);
}

function isSkipped({ skipHours = [], skipDays = [] }: Pace, atMs: number): boolean {
  const at = new Date(atMs);
  return skipHours.includes(at.getUTCHours()) || skipDays.includes(at.getUTCDay());
}

/** The first instant that is in no hour to be left out, at most a day and an hour later. */
function endOfSkipped(pace: Pace, fromMs: number): number {
  let atMs = fromMs;
  while (isSkipped(pace, atMs) && atMs <= fromMs + LONGEST_PAUSE_MS) atMs = (Math.floor(atMs / HOUR_MS) + 1) * HOUR_MS;
  return atMs;
}
