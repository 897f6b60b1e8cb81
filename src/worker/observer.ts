import type { RunSourceStatus, RunStatus } from "@/domain/run-status";

/** Is told what the worker did; for measuring it. Must not throw. */
export interface WorkerObserver {
  /** This worker ended a run. */
  runEnded(status: RunStatus): void;
  /** This worker recorded the outcome of a source. */
  sourceEnded(status: RunSourceStatus): void;
}
