import type { ItemConditions, ItemPage } from "@/domain/item";
import type { Prisma } from "@/generated/prisma/client";
import { matchingItems } from "./item-filter";
import type { Tx } from "./transaction";

/** Counting stops here: beyond it a number would cost more than it tells. */
export const COUNT_UP_TO = 10_000;
/** Where a search says little, so many of the items that the other conditions leave are looked at. */
const LOOKED_AT = 20_000;

type ItemCount = Pick<ItemPage, "total" | "atLeast">;

/** How many items match a condition. */
export async function countItems(tx: Tx, matching: Prisma.Sql): Promise<ItemCount> {
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from (select 1 from item i where ${matching} limit ${COUNT_UP_TO + 1}) as counted`;
  return countedTo(count, count <= COUNT_UP_TO);
}

/** How many match where the index says no more of the text than that many items hold it, or nothing. */
export async function countFrequent(tx: Tx, orgId: string, { text, ...others }: ItemConditions, found: "many" | "unknown"): Promise<ItemCount> {
  if (found === "many" && !Object.values(others).some(Boolean)) return countedTo(COUNT_UP_TO, false);
  const [row] = await tx.$queryRaw<[{ looked: number; count: number }]>`
    select count(*)::int as looked, count(*) filter (where ${await matchingItems(tx, orgId, { text })})::int as count
    from (select * from item i where ${await matchingItems(tx, orgId, others)} limit ${LOOKED_AT}) as i`;
  return countedTo(row.count, row.looked < LOOKED_AT && row.count <= COUNT_UP_TO);
}

function countedTo(count: number, isAll: boolean): ItemCount {
  return { total: isAll ? count : null, atLeast: Math.min(count, COUNT_UP_TO) };
}
