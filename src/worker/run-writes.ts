import type { Lease } from "@/db/run-lease";
import type { BegunAttempt } from "@/db/source-attempts";
import type { OpenedHeaders, OpenHeaders } from "@/db/source-headers";
import { isRefusedData } from "@/db/sql-state";
import { gather } from "./gather";
import { type TransactDeps, transact } from "./transact";
import { type CollectedList, type Write, writeLot } from "./write-lot";

/**
 * What a run writes about its sources while it collects them. All that comes to be written while a transaction is going is written in the
 * next one. Both throw LeaseLostError, and what the database throws.
 */
export interface RunWrites {
  /** Records that an attempt begins, and opens the source's headers as they are then. */
  begin(attempt: BegunAttempt): Promise<OpenedHeaders>;
  /** Stores the items of a source and its outcome, both or nothing. */
  store(collected: CollectedList): Promise<void>;
}

/** Items that are stored in one transaction, unless one source has more: it is over soon, and the page of the run shows it within a second. */
const MOST_ITEMS = 1_000;
/** Sites take longer to answer, and the sources of one that was just asked end together. */
const WINDOW_MS = 3;

/** Each run writes by itself: a transaction that stands still keeps no other run waiting. */
export function createRunWrites(deps: TransactDeps, lease: Lease): RunWrites {
  const write = gather<Write, OpenHeaders>({
    doAll: (lot) => transact(deps, (tx) => writeLot(tx, deps.db.keys, lease, lot)),
    isFaultOfOne: isRefusedData,
    weigh: (one) => ("collected" in one ? one.collected.items.length : 0),
    mostWeight: MOST_ITEMS,
    windowMs: WINDOW_MS,
  });

  return {
    async begin(attempt) {
      const open = await write({ begun: attempt });
      const { sourceId, definition } = attempt.source;
      return open({ sourceId, url: definition.url });
    },
    async store(collected) {
      await write({ collected });
    },
  };
}
