import { Counter, type Registry } from "prom-client";
import type { DeliveryPlan } from "@/domain/delivery-plan";
import { CHANNEL_KINDS } from "@/domain/notification-channel";
import type { RunStatus } from "@/domain/run-status";
import type { WorkerObserver } from "@/worker/observer";

/** Counts runs that ended, whoever ended them. */
export interface RunCounter {
  ended(status: RunStatus, count: number): void;
}

const ENDS = ["succeeded", "partial", "failed", "cancelled", "timed_out", "abandoned"] as const satisfies readonly RunStatus[];

const MESSAGE_OUTCOMES = ["delivered", "retry", "give_up", "turn_off"] as const satisfies readonly DeliveryPlan["kind"][];

export function createRunCounter(registry: Registry): RunCounter {
  const runs = new Counter({
    name: "milkrun_runs_total",
    help: "Runs that this process ended, by their final status. A run that was cancelled while it waited is not among them.",
    labelNames: ["status"],
    registers: [registry],
  });
  for (const status of ENDS) runs.inc({ status }, 0);
  return { ended: (status, count) => runs.inc({ status }, count) };
}

/** Counts what the worker of this process does. */
export function createWorkMetrics(registry: Registry, runs: RunCounter): WorkerObserver {
  const sources = new Counter({
    name: "milkrun_sources_total",
    help: "Sources of runs that this process collected, by outcome.",
    labelNames: ["outcome"],
    registers: [registry],
  });
  for (const outcome of ["succeeded", "not_modified", "failed"]) sources.inc({ outcome }, 0);
  const messages = new Counter({
    name: "milkrun_messages_total",
    help: "Attempts of this process to deliver notifications, by kind of channel and by what became of the message.",
    labelNames: ["channel", "outcome"],
    registers: [registry],
  });
  for (const channel of CHANNEL_KINDS) for (const outcome of MESSAGE_OUTCOMES) messages.inc({ channel, outcome }, 0);
  return {
    runEnded: (status) => runs.ended(status, 1),
    sourceEnded: (outcome) => sources.inc({ outcome }),
    messageSent: (channel, outcome) => messages.inc({ channel, outcome }),
  };
}
