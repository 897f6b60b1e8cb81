import { Counter, Gauge, type Registry } from "prom-client";
import type { DeliveryPlan } from "@/domain/delivery-plan";
import type { TurnsUse } from "@/domain/fair-turns";
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
  for (const outcome of ["succeeded", "not_modified", "not_due", "failed"]) sources.inc({ outcome }, 0);
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

const COLLECTING = [
  ["milkrun_collecting_places", "Places at the collecting that this process has: sources that it asks or reads at the same time at most.", "size"],
  ["milkrun_collecting_places_taken", "Places at the collecting that are taken. A source that waits for its turn at a site has none.", "taken"],
  ["milkrun_collecting_waiting", "Sources that wait for a place at the collecting of this process.", "waiting"],
] as const satisfies readonly [string, string, keyof TurnsUse][];

/** Reads how much is being collected when it is asked for. */
export function registerCollecting(registry: Registry, read: () => TurnsUse): void {
  for (const [name, help, key] of COLLECTING) {
    new Gauge({
      ...{ name, help, registers: [registry] },
      collect() {
        this.set(read()[key]);
      },
    });
  }
}
