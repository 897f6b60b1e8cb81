import type { Database } from "@/db/client";
import type { RunNotice } from "@/db/notify";
import { type Lease, LeaseLostError, lookAtLease, renewLease } from "@/db/run-lease";
import type { Interruption } from "@/domain/run-end";
import { LEASE_RENEW_MS } from "@/domain/run-status";
import type { Logger } from "@/log/logger";

/** A lost notification of a cancellation costs at most this much. Well below the grace in which a lease must be renewed. */
const LOOK_MS = 1_500;
/** The run's own writes are notified too: of many only the last is worth a look, which is still in time for whoever cancels. */
const LOOKS_APART_MS = 250;

export interface Supervision {
  /** Aborted when the run must stop; `interruption()` says why. */
  readonly signal: AbortSignal;
  interruption(): Interruption | null;
  /** Until the run's time limit. */
  remainingMs(): number;
  stop(): void;
}

/**
 * Watches over a run while its sources are collected: renews the lease, stops it when somebody cancels, when its time is up, when
 * the process is stopping, or when the lease is lost. A failing check is no reason to stop: the lease decides at the next write.
 */
export function superviseRun(deps: { db: Database; log: Logger }, lease: Lease, limits: { remainingMs: number; shutdown: AbortSignal }): Supervision {
  const controller = new AbortController();
  const endsAt = performance.now() + limits.remainingMs;
  let interruption: Interruption | null = null;

  function interrupt(reason: Interruption) {
    if (interruption) return;
    interruption = reason;
    controller.abort(reason);
  }

  async function attempt(check: () => Promise<void>) {
    try {
      await check();
    } catch (error) {
      if (error instanceof LeaseLostError) interrupt("lease_lost");
      else deps.log.warn({ err: error, runId: lease.runId }, "a look at the run failed, looking again shortly");
    }
  }

  const renew = () => attempt(() => renewLease(deps.db.system, lease));
  const look = () =>
    attempt(async () => {
      const { cancelRequested, endsSoon } = await lookAtLease(deps.db.system, lease);
      if (cancelRequested) interrupt("cancelled");
      if (endsSoon) await renewLease(deps.db.system, lease);
    });
  let lookedAt = Number.NEGATIVE_INFINITY;
  let soon: NodeJS.Timeout | undefined;
  const lookSoon = () => {
    // Newer versions of Node warn of a time that is over.
    const waitMs = Math.max(0, lookedAt + LOOKS_APART_MS - performance.now());
    soon ??= setTimeout(() => {
      lookedAt = performance.now();
      soon = undefined;
      void look();
    }, waitMs);
  };
  const onNotice = (payload: string) => {
    if ((JSON.parse(payload) as RunNotice).runId === lease.runId) lookSoon();
  };
  const onShutdown = () => interrupt("shutdown");

  const unsubscribe = deps.db.listener.subscribe("run", onNotice);
  const renewTimer = setInterval(() => void renew(), LEASE_RENEW_MS);
  const lookTimer = setInterval(() => void look(), LOOK_MS);
  const limitTimer = setTimeout(() => interrupt("time_limit"), Math.max(0, limits.remainingMs));
  limits.shutdown.addEventListener("abort", onShutdown);
  if (limits.shutdown.aborted) onShutdown();

  return {
    signal: controller.signal,
    interruption: () => interruption,
    remainingMs: () => endsAt - performance.now(),
    stop() {
      unsubscribe();
      clearInterval(renewTimer);
      clearInterval(lookTimer);
      clearTimeout(soon);
      clearTimeout(limitTimer);
      limits.shutdown.removeEventListener("abort", onShutdown);
    },
  };
}
