import type { DeliveryPlan } from "@/domain/delivery-plan";
import type { ChannelKind } from "@/domain/notification-channel";
import type { RunSourceStatus, RunStatus } from "@/domain/run-status";

/** Is told what the worker did; for measuring it. Must not throw. */
export interface WorkerObserver {
  /** This worker ended a run. */
  runEnded(status: RunStatus): void;
  /** This worker recorded the outcome of a source. */
  sourceEnded(status: RunSourceStatus): void;
  /** This worker tried to deliver a message on a channel of this kind. */
  messageSent(kind: ChannelKind, outcome: DeliveryPlan["kind"]): void;
}
