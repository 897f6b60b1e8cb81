import { Counter, Histogram, type Registry } from "prom-client";
import { ON_TIME_MS } from "@/domain/schedule";
import type { DispatchedSlot, SchedulerObserver } from "@/scheduler/observer";
import type { RunCounter } from "./run-metrics";

const LATENESS_BUCKETS_S = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];
const DISPATCH_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const OUTCOMES = ["on_time", "late", "skipped", "missed", "superseded"] as const;
type Outcome = (typeof OUTCOMES)[number];

/** Counts what the scheduler of this process does. */
export function createSlotMetrics(registry: Registry, runs: RunCounter): SchedulerObserver {
  const registers = [registry];
  const lateness = new Histogram({
    name: "milkrun_slot_lateness_seconds",
    help: "How late slots were examined, counted from the slot's own time. Missed slots are not in it.",
    buckets: LATENESS_BUCKETS_S,
    registers,
  });
  const slots = new Counter({ name: "milkrun_slots_total", help: "Slots that this process dispatched, by outcome.", labelNames: ["outcome"], registers });
  for (const outcome of OUTCOMES) slots.inc({ outcome }, 0);
  const durations = new Histogram({
    name: "milkrun_dispatch_duration_seconds",
    help: "How long the transactions took that dispatched a batch of slots.",
    buckets: DISPATCH_BUCKETS_S,
    registers,
  });
  const steals = new Counter({
    name: "milkrun_lease_steals_total",
    help: "Runs taken from workers that were gone: resumed, or abandoned after too many such losses.",
    labelNames: ["outcome"],
    registers,
  });
  for (const outcome of ["resumed", "abandoned"]) steals.inc({ outcome }, 0);
  const requeued = new Counter({ name: "milkrun_runs_requeued_total", help: "Runs that waited with nothing in the queue and were queued again.", registers });

  return {
    dispatched(batch) {
      durations.observe(batch.durationMs / 1000);
      for (const slot of batch.slots) if (slot.status !== "missed") lateness.observe(slot.latenessMs / 1000);
      for (const [outcome, count] of countOutcomes(batch.slots)) slots.inc({ outcome }, count);
    },
    reaped(counts) {
      steals.inc({ outcome: "resumed" }, counts.resumed);
      steals.inc({ outcome: "abandoned" }, counts.abandoned);
      requeued.inc(counts.requeued);
      runs.ended("abandoned", counts.abandoned);
    },
  };
}

/** Added up first, as a burst has thousands that are alike. */
function countOutcomes(slots: readonly DispatchedSlot[]): Map<Outcome, number> {
  const counts = new Map<Outcome, number>();
  const add = (outcome: Outcome, count: number) => counts.set(outcome, (counts.get(outcome) ?? 0) + count);
  for (const { status, latenessMs, olderSlots } of slots) {
    if (status === "queued") add(latenessMs <= ON_TIME_MS ? "on_time" : "late", 1);
    else add(status, 1);
    // One missed row stands for a span of missed slots; elsewhere the older ones gave way to the newest.
    add(status === "missed" ? "missed" : "superseded", olderSlots);
  }
  return counts;
}
