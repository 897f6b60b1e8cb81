/**
 * What was said to fail works again once it did so this often in a row. After once, whatever comes and goes with each run would be told of
 * with each run.
 */
export const RECOVERED_AFTER = 2;

/** A rule, as far as it decides when to speak up. */
export interface AlertRule {
  /** Null: at once. */
  threshold: number | null;
  recovery: boolean;
}

/** How it went this time. `inRow`: how often in a row it went badly, this time included. `neither` says nothing, as a cancelled run does. */
export type Observation = { kind: "bad"; inRow: number } | { kind: "good" } | { kind: "neither" };

/** What a rule has said fails and not yet that it works again. */
export interface OpenAlert {
  goodInRow: number;
}

export interface AlertDecision {
  say: "alert" | "recovery" | null;
  /** What is open from now on. */
  open: OpenAlert | null;
}

/**
 * Decides whether a rule speaks up. With `recovery` it says once that something fails and once that it works again, however often it comes
 * and goes in between; without, each time or, where it has a number, once for each row of failures.
 */
export function decideAlert({ threshold, recovery }: AlertRule, open: OpenAlert | null, seen: Observation): AlertDecision {
  if (seen.kind === "neither") return { say: null, open };
  if (seen.kind === "bad") {
    if (!recovery && threshold === null) return { say: "alert", open: null };
    if (open !== null) return { say: null, open: { goodInRow: 0 } };
    return seen.inRow >= (threshold ?? 1) ? { say: "alert", open: { goodInRow: 0 } } : { say: null, open: null };
  }
  if (open === null) return { say: null, open: null };
  const goodInRow = open.goodInRow + 1;
  if (goodInRow < (recovery ? RECOVERED_AFTER : 1)) return { say: null, open: { goodInRow } };
  return { say: recovery ? "recovery" : null, open: null };
}
