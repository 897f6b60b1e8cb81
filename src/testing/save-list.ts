import type { Database } from "@/db/client";
import { type CollectedItems, saveItems } from "@/db/collected-items";
import type { RunNotice } from "@/db/notify";
import { type ItemCounts, NO_ITEMS } from "@/domain/run-status";

/** Stores what a run collected of one source, in a transaction of its own. */
export async function saveList(db: Database, { orgId, runId, ...list }: CollectedItems & RunNotice): Promise<ItemCounts> {
  return (await db.withSystem((tx) => saveItems(tx, { orgId, runId }, [list]))).get(list.sourceId) ?? NO_ITEMS;
}
