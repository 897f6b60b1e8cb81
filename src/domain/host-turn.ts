/** The turns at a host, as they stand at one moment. */
export interface HostTurns {
  /** The request that is going; null when none is. */
  holder: string | null;
  /** From then on the holder counts as dead; null without a holder. */
  heldUntil: Date | null;
  /** No request may begin before. */
  openAt: Date;
  /** The site asked to be left alone until then; null when it did not. */
  closedUntil: Date | null;
  /** Requests that wait, the next one first. */
  waiting: readonly string[];
}

/** What becomes of a request. `waiting` is the queue from now on; `waitMs`, in milliseconds, how long before it is worth asking again. */
export type TurnPlan = { kind: "enter"; waiting: string[] } | { kind: "wait"; waiting: string[]; waitMs: number } | { kind: "closed"; waitMs: number };

/** Nobody knows how long a request takes: whoever waits for its end looks again no sooner than this. */
const LOOK_MS = 250;
/** Nor any later than this, in case those before it are gone. */
const LONGEST_LOOK_MS = 5_000;
/** Whoever's turn it is has this long to come; then it is the turn of whoever does, and one that is gone stops no more. */
const LATE_MS = 2_000;

/**
 * Decides whether a request may go to a host now: one at a time, with the pause that was kept for it, in the order in which they asked.
 * Asked again with the token of the request that is going it says the same again.
 * @param spacingMs The usual pause between two requests, for judging how long a queue takes.
 */
export function planTurn(turns: HostTurns, { token, spacingMs }: { token: string; spacingMs: number }, now: Date): TurnPlan {
  if (turns.holder === token) return { kind: "enter", waiting: [...turns.waiting] };
  const closedMs = msUntil(turns.closedUntil, now);
  if (closedMs > 0) return { kind: "closed", waitMs: closedMs };
  const waiting = turns.waiting.includes(token) ? [...turns.waiting] : [...turns.waiting, token];
  const ahead = waiting.indexOf(token);
  const looksMs = (turnsToWait: number) => Math.min(LONGEST_LOOK_MS, turnsToWait * Math.max(spacingMs, LOOK_MS));
  if (msUntil(turns.heldUntil, now) > 0) return { kind: "wait", waiting, waitMs: looksMs(ahead + 1) };
  const freeMs = Math.max(msUntil(turns.openAt, now), msUntil(turns.heldUntil, now));
  if (freeMs > 0) return { kind: "wait", waiting, waitMs: freeMs + looksMs(ahead) };
  if (ahead > 0 && freeMs > -LATE_MS) return { kind: "wait", waiting, waitMs: looksMs(ahead) };
  const [late] = waiting;
  return { kind: "enter", waiting: waiting.filter((other) => other !== token && other !== late) };
}

function msUntil(instant: Date | null, now: Date): number {
  return instant === null ? Number.NEGATIVE_INFINITY : instant.getTime() - now.getTime();
}
