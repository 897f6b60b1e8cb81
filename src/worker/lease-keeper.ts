import type { Database } from "@/db/client";
import type { RunNotice } from "@/db/notify";
import { type Lease, LeaseLostError, type LeaseState, lookAtLeases, renewLease, renewLeases } from "@/db/run-lease";
import type { Interruption } from "@/domain/run-end";
import type { Logger } from "@/log/logger";

/** A lost notification of a cancellation costs at most this much. Well below the grace in which a lease must be renewed. */
const LOOK_MS = 1_500;
/** The runs' own writes are notified too: of many only the last is worth a look, which is still in time for whoever cancels. */
const LOOKS_APART_MS = 250;

/** Keeps the leases of all runs that a process holds, in as few statements for a thousand as for one. */
export interface LeaseKeeper {
  /** Renews the lease, and tells when its run is to stop, until the returned function is called. A run has one lease: an older one is lost. */
  keep(lease: Lease, tell: (reason: Extract<Interruption, "cancelled" | "lease_lost">) => void): () => void;
}

interface Kept {
  lease: Lease;
  tell: Parameters<LeaseKeeper["keep"]>[1];
  /** A renewal waits until what is being written about the run is written. */
  isRenewing: boolean;
}

/** Looks every now and then while there is a lease, and after notifications. A look that fails changes nothing: the lease decides at the next write. */
export function createLeaseKeeper({ db, log }: { db: Database; log: Logger }): LeaseKeeper {
  const kept = new Map<string, Kept>();
  const noticed = new Set<string>();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let soon: NodeJS.Timeout | undefined;
  let stopLooking = () => {};

  const isKept = (one: Kept) => kept.get(one.lease.runId) === one;

  async function look(ones: readonly Kept[]): Promise<void> {
    if (ones.length === 0) return;
    try {
      const states = await lookAtLeases(db.system, ones.map(toLease));
      const stateOf = new Map(states.map((state) => [state.runId, state]));
      const still = ones.filter(isKept).map((one) => ({ one, state: stateOf.get(one.lease.runId) }));
      for (const { one, state } of still) tellOf(one, state);
      await renew(still.flatMap(({ one, state }) => (state?.isToRenew ? one : [])));
    } catch (error) {
      log.warn({ err: error, runs: ones.length }, "a look at the runs failed, looking again shortly");
    }
  }

  function tellOf({ tell }: Kept, state: LeaseState | undefined) {
    if (!state) tell("lease_lost");
    else if (state.cancelRequested) tell("cancelled");
  }

  async function renew(ones: readonly Kept[]): Promise<void> {
    if (ones.length === 0) return;
    const renewed = new Set(await renewLeases(db.system, ones.map(toLease)));
    // Each by itself, as the others must not wait for what is being written about one; and once, as each that waits has a connection.
    await Promise.all(ones.filter(({ lease, isRenewing }) => !renewed.has(lease.runId) && !isRenewing).map(renewOne));
  }

  async function renewOne(one: Kept): Promise<void> {
    one.isRenewing = true;
    try {
      await renewLease(db.system, one.lease);
    } catch (error) {
      if (!(error instanceof LeaseLostError)) throw error;
      if (isKept(one)) one.tell("lease_lost");
    } finally {
      one.isRenewing = false;
    }
  }

  function onNotice(payload: string) {
    const { runId } = JSON.parse(payload) as RunNotice;
    if (!kept.has(runId)) return;
    noticed.add(runId);
    // Newer versions of Node warn of a time that is over.
    soon ??= setTimeout(lookAtNoticed, Math.max(0, lookedAt + LOOKS_APART_MS - performance.now()));
  }

  function lookAtNoticed() {
    soon = undefined;
    lookedAt = performance.now();
    const ones = [...noticed].flatMap((runId) => kept.get(runId) ?? []);
    noticed.clear();
    void look(ones);
  }

  function startLooking() {
    const unsubscribe = db.listener.subscribe("run", onNotice);
    const timer = setInterval(() => void look([...kept.values()]), LOOK_MS);
    stopLooking = () => {
      unsubscribe();
      clearInterval(timer);
      clearTimeout(soon);
      soon = undefined;
    };
  }

  return {
    keep(lease, tell) {
      const one = { lease, tell, isRenewing: false };
      if (kept.size === 0) startLooking();
      const before = kept.get(lease.runId);
      kept.set(lease.runId, one);
      // The process has taken the run again, and looks no more at the lease from before.
      before?.tell("lease_lost");
      return () => {
        if (!isKept(one)) return;
        kept.delete(lease.runId);
        if (kept.size === 0) stopLooking();
      };
    },
  };
}

const toLease = ({ lease }: Kept) => lease;
