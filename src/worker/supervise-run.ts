import type { Lease } from "@/db/run-lease";
import type { Interruption } from "@/domain/run-end";
import type { LeaseKeeper } from "./lease-keeper";

export interface Supervision {
  /** Aborted when the run must stop; `interruption()` says why. */
  readonly signal: AbortSignal;
  interruption(): Interruption | null;
  /** Until the run's time limit. */
  remainingMs(): number;
  stop(): void;
}

/** Watches over a run while its sources are collected: stops it when somebody cancels, when its time is up, when the process is stopping, or when the lease is lost. */
export function superviseRun(leases: LeaseKeeper, lease: Lease, limits: { remainingMs: number; shutdown: AbortSignal }): Supervision {
  const controller = new AbortController();
  const endsAt = performance.now() + limits.remainingMs;
  let interruption: Interruption | null = null;

  function interrupt(reason: Interruption) {
    if (interruption) return;
    interruption = reason;
    controller.abort(reason);
  }

  const onShutdown = () => interrupt("shutdown");
  const letGo = leases.keep(lease, interrupt);
  const limitTimer = setTimeout(() => interrupt("time_limit"), Math.max(0, limits.remainingMs));
  limits.shutdown.addEventListener("abort", onShutdown);
  if (limits.shutdown.aborted) onShutdown();

  return {
    signal: controller.signal,
    interruption: () => interruption,
    remainingMs: () => endsAt - performance.now(),
    stop() {
      letGo();
      clearTimeout(limitTimer);
      limits.shutdown.removeEventListener("abort", onShutdown);
    },
  };
}
