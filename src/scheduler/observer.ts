/** One ledger row that a dispatch wrote. */
export interface DispatchedSlot {
  status: "queued" | "skipped" | "missed";
  latenessMs: number;
  /** Slots that the row accounts for besides its own. */
  olderSlots: number;
}

/** Is told what the clock did; for measuring it. Must not throw. */
export interface SchedulerObserver {
  /** One transaction of the dispatch was committed. */
  dispatched(batch: { durationMs: number; slots: readonly DispatchedSlot[] }): void;
  /** Runs of crashed workers were taken up, and runs that waited with nothing in the queue were queued again. */
  reaped(counts: { resumed: number; abandoned: number; requeued: number }): void;
}
