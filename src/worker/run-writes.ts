import { type HashedItem, saveItems } from "@/db/collected-items";
import { markGone } from "@/db/gone-items";
import { holdLease, type Lease } from "@/db/run-lease";
import { type BegunAttempt, type CollectedSource, lockSources, recordProgress } from "@/db/source-attempts";
import { type OpenedHeaders, type OpenHeaders, readSourceHeaders } from "@/db/source-headers";
import { isRefusedData } from "@/db/sql-state";
import type { SqlTx } from "@/db/transaction";
import { tellsGone } from "@/domain/complete-list";
import { NO_ITEMS } from "@/domain/run-status";
import { gather } from "./gather";
import { type TransactDeps, transactSql } from "./transact";

/** A source that was collected, with what is to be stored. */
export interface CollectedList extends Omit<CollectedSource, "counts"> {
  items: readonly HashedItem[];
  /** Nothing was left out of the list. */
  isWhole: boolean;
}

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

type Write = { begun: BegunAttempt } | { collected: CollectedList };

export function createRunWrites(deps: TransactDeps, lease: Lease): RunWrites {
  const write = gather<Write, OpenHeaders>({
    doAll: (lot) => transactSql(deps, (tx) => writeAll(tx, lot)),
    isFaultOfOne: isRefusedData,
    weigh: (one) => ("collected" in one ? one.collected.items.length : 0),
    mostWeight: MOST_ITEMS,
    windowMs: WINDOW_MS,
  });

  async function writeAll(tx: SqlTx, lot: readonly Write[]): Promise<OpenHeaders> {
    const begun = lot.flatMap((one) => ("begun" in one ? one.begun : []));
    const lists = lot.flatMap((one) => ("collected" in one ? one.collected : []));
    await holdLease(tx, lease);
    if (lists.length > 1) await lockSources(tx, lease, lists);
    const collected: CollectedSource[] = [];
    for (const list of lists) collected.push(await saveList(tx, lease, list));
    await recordProgress(tx, lease, { collected, begun });
    const sourceIds = begun.map(({ source }) => source.sourceId);
    return readSourceHeaders(tx, deps.db.keys, lease.orgId, sourceIds);
  }

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

/** Stores what the source's list holds, and notes what it does not hold any more. */
async function saveList(tx: SqlTx, lease: Lease, { items, isWhole, ...outcome }: CollectedList): Promise<CollectedSource> {
  if (items.length === 0) return { ...outcome, counts: NO_ITEMS };
  const { sourceId, definition } = outcome.source;
  const counts = await saveItems(tx, lease, sourceId, items);
  if (!tellsGone(definition, { itemCount: items.length, isWhole })) return { ...outcome, counts };
  return { ...outcome, counts: { ...counts, goneCount: await markGone(tx, lease, sourceId) } };
}
