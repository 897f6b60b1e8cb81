/** What of the contract is broken. */
export type InvariantRule =
  /** A slot that the schedule is past stands nowhere in the ledger. */
  | "slot-lost"
  /** A slot that should have been dispatched by now was not. */
  | "slot-overdue"
  /** Two rows account for one slot. */
  | "slot-doubled"
  /** A row for an instant that is no slot of its schedule. */
  | "slot-unknown"
  /** A row counts more or fewer slots than its span holds. */
  | "span-count"
  | "row-lateness"
  | "row-status"
  | "next-slot"
  | "two-active"
  | "runs-overlap"
  | "still-active"
  | "item-doubled"
  | "items-differ"
  | "item-counts"
  | "source-unfinished"
  | "run-status"
  | "lease-left"
  | "job-left"
  | "lock-left"
  | "number-gap";

export interface Violation {
  rule: InvariantRule;
  /** Which row, and what is wrong with it. */
  detail: string;
}

/** A stretch of time during which a schedule had this expression and this zone. */
export interface ScheduleSegment {
  scheduleId: string;
  cronExpression: string;
  timeZone: string;
  /** Exclusive: the lower bound that the schedule had at the beginning. */
  after: Date;
  /** Inclusive: slots up to here must be in the ledger. Without it, those up to the schedule's stored lower bound. */
  until?: Date;
}

/** All items that a source must have. */
export interface ExpectedItems {
  sourceId: string;
  keys: readonly string[];
}

/** What the caller knows of the load that it made. */
export interface Expectations {
  /** Schedules that are not named are checked for everything but their slots. */
  schedules?: readonly ScheduleSegment[];
  /** Sources that are not named are checked for everything but their keys. */
  items?: readonly ExpectedItems[];
  /** An active run that was queued longer ago than this is a violation. 0, the default: no run may be active any more. */
  activeForMs?: number;
  /** Processes that live; a liveness lock of any other is a violation. Without it locks are not looked at. */
  liveInstances?: readonly string[];
}
