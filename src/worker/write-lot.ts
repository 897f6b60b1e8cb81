import { type HashedItem, saveItems } from "@/db/collected-items";
import { markGone } from "@/db/gone-items";
import type { KeyRing } from "@/db/key-ring";
import { holdLease, type Lease } from "@/db/run-lease";
import { type BegunAttempt, type CollectedSource, lockSources, recordProgress } from "@/db/source-attempts";
import { type OpenHeaders, readSourceHeaders } from "@/db/source-headers";
import type { Tx } from "@/db/transaction";
import { tellsGone } from "@/domain/complete-list";
import { type ItemCounts, NO_ITEMS } from "@/domain/run-status";

/** A source that was collected, with what is to be stored. */
export interface CollectedList extends Omit<CollectedSource, "counts"> {
  items: readonly HashedItem[];
  /** Nothing was left out of the list. */
  isWhole: boolean;
}

/** What a run writes about a source. */
export type Write = { begun: BegunAttempt } | { collected: CollectedList };

/**
 * Writes what a run has to say about several of its sources, in common statements.
 * @returns What opens the headers of those that begin, as they are now.
 * @throws LeaseLostError
 */
export async function writeLot(tx: Tx, keys: KeyRing, lease: Lease, lot: readonly Write[]): Promise<OpenHeaders> {
  const begun = lot.flatMap((one) => ("begun" in one ? one.begun : []));
  const lists = lot.flatMap((one) => ("collected" in one ? one.collected : []));
  await holdLease(tx, lease);
  if (lists.length > 1) await lockSources(tx, lease, lists);
  const counts = await saveLists(tx, lease, lists);
  const collected = lists.map(({ items: _, isWhole: __, ...outcome }) => ({ ...outcome, counts: counts.get(outcome.source.sourceId) ?? NO_ITEMS }));
  await recordProgress(tx, lease, { collected, begun });
  const { orgId } = lease;
  return readSourceHeaders(
    tx,
    keys,
    begun.map(({ source: { sourceId } }) => ({ orgId, sourceId })),
  );
}

/** Stores what the sources' lists hold, and notes what they do not hold any more. Gives the counts by source. */
async function saveLists(tx: Tx, lease: Lease, collected: readonly CollectedList[]): Promise<Map<string, ItemCounts>> {
  const lists = collected.filter(({ items }) => items.length > 0);
  const counts = await saveItems(
    tx,
    lease,
    lists.map(({ source, items }) => ({ sourceId: source.sourceId, items })),
  );
  for (const { source, items, isWhole } of lists) {
    const saved = counts.get(source.sourceId);
    if (saved && tellsGone(source.definition, { itemCount: items.length, isWhole })) saved.goneCount = await markGone(tx, lease, source.sourceId);
  }
  return counts;
}
