import type { ItemConditions } from "@/domain/item";
import { matchingItems } from "./item-filter";
import type { Tx } from "./transaction";

/** Looking and counting stop here while somebody waits for a list: beyond it a number would cost more than it tells. */
export const COUNT_UP_TO = 10_000;
/** Counting takes a second for so many. */
const MOST_COUNTED = 1_000_000;

/**
 * How many items match, a million at most; null beyond, and for a search: it would have to be looked for in each of them, and what it finds
 * few of comes counted with their list.
 */
export async function countItems(tx: Tx, orgId: string, conditions: ItemConditions): Promise<number | null> {
  if (conditions.text) return null;
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (select from item i where ${await matchingItems(tx, orgId, conditions)} limit ${MOST_COUNTED + 1}) as counted`;
  return count <= MOST_COUNTED ? count : null;
}
