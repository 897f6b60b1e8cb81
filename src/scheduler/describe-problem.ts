import { isAppError } from "@/domain/errors";

/** Why a schedule has no next slot, for its page. `null`: the expression has no occurrence ahead. */
export function describeProblem(error: unknown): string {
  if (error === null) return "This schedule has no run ahead: its expression matches no date in the next 5 years. Change the expression.";
  const reason = isAppError(error) ? error.message : "the time engine could not work with it.";
  return `The next run can't be computed: ${reason} Nothing runs until the schedule is changed and saved.`;
}

/** What the page of a schedule says whose row in the ledger the database refused. */
export const UNRECORDED =
  "The last run could not be written down: the database refused its row, and the log says why. It is tried again within a day, or when the schedule is saved.";
