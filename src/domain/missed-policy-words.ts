import type { MissedPolicy } from "./schedule";

/** What becomes of slots that passed while no server was up. */
export const MISSED_POLICY_WORDS: Record<MissedPolicy, string> = {
  run_once: "Run once when it is back, if that is within an hour",
  skip: "Skip it and wait for the next time",
};

/** What becomes of a slot that comes while a run is going. */
export const OVERLAP_WORDS = "When the run before is still going, this one is skipped. It is recorded as skipped, with the run that was in its way.";
