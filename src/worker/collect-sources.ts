import { setMaxListeners } from "node:events";
import type { StepOut } from "@/collectors/host-gate";
import type { PendingSource } from "@/db/run-sources";
import type { Wait } from "@/db/transient";
import type { FairTurns } from "@/domain/fair-turns";

export interface CollectingOptions {
  /** Places at the collecting; a source that waits for its next attempt takes none. */
  turns: Pick<FairTurns, "take">;
  group: string;
  wait: Wait;
  /** Fires when the run must stop. */
  signal: AbortSignal;
}

/** Where an attempt is made. */
export interface Place {
  /** Gives the place away while the attempt waits for something that only takes time. */
  stepOut: StepOut;
  /** Gives it away for good, before the attempt ends: what is left of it takes no place. */
  leave(): void;
  /** Fires when nobody should wait any longer. */
  signal: AbortSignal;
}

/**
 * Makes attempts at each source, in this order, until none of them wants another one. When the run is stopped, or an attempt throws,
 * nothing new is begun and nobody waits any longer; what was begun is waited for.
 * @param attempt Gives the wait before the next attempt, in milliseconds, or null when there is none to make.
 * @throws What the first failing attempt throws.
 */
export async function collectSources(
  sources: readonly PendingSource[],
  { turns, group, wait, signal }: CollectingOptions,
  attempt: (source: PendingSource, nth: number, place: Place) => Promise<number | null>,
): Promise<void> {
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  // Every source that waits listens to it.
  setMaxListeners(0, stop);

  // Before the failed one gives its place away: whoever gets it must know already.
  function stopAll(error: unknown): never {
    failed.abort();
    throw error;
  }

  async function follow(source: PendingSource) {
    let waitMs: number | null = source.waitMs;
    for (let nth = source.attempts + 1; waitMs !== null; nth++) {
      if (waitMs > 0) await wait(waitMs, stop);
      const place = await takePlace(turns, group, stop);
      if (!place) return;
      waitMs = await attempt(source, nth, place).catch(stopAll).finally(place.leave);
    }
  }

  for (const result of await Promise.allSettled(sources.map(follow))) if (result.status === "rejected") throw result.reason;
}

async function takePlace(turns: CollectingOptions["turns"], group: string, signal: AbortSignal): Promise<Place | null> {
  let leave = await turns.take(group, signal);
  if (!leave) return null;
  return {
    signal,
    leave: () => leave?.(),
    async stepOut(wait) {
      leave?.();
      try {
        return await wait();
      } finally {
        // Every other place that becomes free: however many have not begun, whoever has been let in somewhere is not kept waiting for long.
        leave = await turns.take(`${group}, back`, signal);
      }
    },
  };
}
