import type { MissedPolicy } from "@/domain/schedule";

/** What becomes of slots that passed while no server was up. */
export const MISSED_POLICY_WORDS: Record<MissedPolicy, string> = {
  run_once: "Run once when it is back, if that is within an hour",
  skip: "Skip it and wait for the next time",
};
