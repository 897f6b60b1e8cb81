/**
 * The few ways in which a request can be refused. `validation` names a field; the rest name a state of the world.
 * Messages are written for the person: what happened, its effect, the next step.
 */
export const ERROR_CODES = [
  "validation",
  "unauthenticated",
  "forbidden",
  "not_found",
  "version_conflict",
  "run_in_progress",
  "in_use",
  "gone",
  "rate_limited",
  "unavailable",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Extra facts that a page needs to act on the error; safe to send to the browser. */
export interface ErrorDetails {
  /** Path of the failing input field, for instance `cronExpression`. */
  field?: string;
  /** For cron errors: which of the five fields failed. */
  cronField?: string;
  /** For `run_in_progress`: the run that is going. */
  runId?: string;
  /** For `version_conflict`: the version that is stored now. */
  currentVersion?: number;
  /** For `version_conflict` about what has no versions: the revision that is stored now. */
  currentRevision?: string;
  /** For `rate_limited`: when to come back. */
  retryAfterSeconds?: number;
  /** For `version_conflict` about a slot: the next one now, null when there is none. */
  nextRunAt?: Date | null;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }
}

/** Recognises an AppError by shape: the server and the pages hold separate copies of this class. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === "AppError" && "code" in error && ERROR_CODES.some((code) => code === error.code);
}
