import { type HashedItem, saveItems } from "@/db/collected-items";
import { markGone } from "@/db/gone-items";
import type { KeyRing } from "@/db/key-ring";
import { holdFreeLeases, holdLease, type Lease } from "@/db/run-lease";
import { type BegunAttempt, type CollectedSource, lockFreeSources, lockSources, recordProgress } from "@/db/source-attempts";
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
export type Write = { lease: Lease } & ({ begun: BegunAttempt } | { collected: CollectedList });
type ListWrite = Write & { collected: CollectedList };

const isList = (write: Write): write is ListWrite => "collected" in write;

/**
 * Writes all of it, of one run, and waits for whoever has the run or a source of it locked.
 * @throws LeaseLostError
 */
export async function writeLot(tx: Tx, keys: KeyRing, lease: Lease, lot: readonly Write[]): Promise<OpenHeaders> {
  await holdLease(tx, lease);
  const lists = lot.filter(isList);
  if (lists.length > 1) await lockSources(tx, lists.map(ownerOf));
  return writeHeld(tx, keys, lot);
}

export interface WrittenFree {
  open: OpenHeaders;
  /** What was not written: its run is lost, or waiting for it would keep the others. */
  left: ReadonlySet<Write>;
}

/** Writes what can be written without waiting, of any runs: an organization has one at a time, so no source is there twice. */
export async function writeFree(tx: Tx, keys: KeyRing, lot: readonly Write[]): Promise<WrittenFree> {
  const leases = new Map(lot.map(({ lease }) => [lease.runId, lease]));
  const held = await holdFreeLeases(tx, [...leases.values()]);
  const lists = lot.filter(isList).filter(({ lease }) => held.has(lease.runId));
  const busy = lists.length > 0 ? await lockFreeSources(tx, lists.map(ownerOf)) : new Set();
  const mayWrite = (write: Write) => held.has(write.lease.runId) && !(isList(write) && busy.has(write.collected.source.sourceId));
  const left = new Set(lot.filter((write) => !mayWrite(write)));
  return { open: await writeHeld(tx, keys, lot.filter(mayWrite)), left };
}

const ownerOf = ({ lease: { orgId, runId }, collected }: ListWrite) => ({ orgId, runId, sourceId: collected.source.sourceId });

/** Writes what nobody else can write meanwhile. */
async function writeHeld(tx: Tx, keys: KeyRing, lot: readonly Write[]): Promise<OpenHeaders> {
  const begun = lot.flatMap((write) => (isList(write) ? [] : { ...write.begun, run: write.lease }));
  const lists = lot.filter(isList);
  const counts = await saveLists(tx, lists);
  const collected = lists.map(({ lease, collected: { items: _, isWhole: __, ...outcome } }) => ({
    ...outcome,
    run: lease,
    counts: counts.get(outcome.source.sourceId) ?? NO_ITEMS,
  }));
  await recordProgress(tx, { collected, begun });
  return readSourceHeaders(
    tx,
    keys,
    begun.map(({ run, source }) => ({ orgId: run.orgId, sourceId: source.sourceId })),
  );
}

/** Stores what the sources' lists hold, and notes what they do not hold any more. */
async function saveLists(tx: Tx, writes: readonly ListWrite[]): Promise<Map<string, ItemCounts>> {
  const lists = writes.filter(({ collected }) => collected.items.length > 0);
  const counts = await saveItems(
    tx,
    lists.map((write) => ({ ...ownerOf(write), items: write.collected.items })),
  );
  for (const write of lists) {
    const { items, isWhole, source } = write.collected;
    const saved = counts.get(source.sourceId);
    if (saved && tellsGone(source.definition, { itemCount: items.length, isWhole })) saved.goneCount = await markGone(tx, ownerOf(write));
  }
  return counts;
}
